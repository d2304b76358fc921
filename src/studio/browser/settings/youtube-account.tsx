import { type Signal, signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { SignInView } from '../../server/sign-in-desk.ts';
import { api, ask, inWords } from '../api.ts';
import { takeDrops } from '../uploads/receive-drops.ts';
import { FileField } from './file-field.tsx';
import { words } from './words.ts';

const { youtube } = words;
/** Milliseconds between two looks while a person is asked at Google. */
const lookEvery = 2000;

const view = signal<SignInView | undefined>(undefined);
type Act = (request: () => Promise<SignInView>) => Promise<boolean>;

/** For whoever has changed where videos go. */
export async function readAccount(): Promise<void> {
  view.value = await ask(api.youtube.$get());
}

/** The sign-in to YouTube, from the client file to signing out. */
export function YouTubeAccount() {
  const problem = useSignal('');
  const isBusy = useSignal(false);
  const act: Act = async (request) => {
    isBusy.value = true;
    problem.value = '';
    try {
      view.value = await request();
      return true;
    } catch (error) {
      problem.value = inWords(error);
      return false;
    } finally {
      isBusy.value = false;
    }
  };
  useEffect(() => {
    void act(() => ask(api.youtube.$get()));
  }, []);
  const isAsking = view.value?.pending !== undefined;
  useEffect(() => {
    if (!isAsking) return undefined;
    const look = setInterval(() => {
      ask(api.youtube.$get()).then(
        (found) => {
          view.value = found;
        },
        () => undefined,
      );
    }, lookEvery);
    return () => clearInterval(look);
  }, [isAsking]);
  const { value: shown } = view;
  return (
    <section class="card setting-group youtube-account" id="youtube" aria-labelledby="youtube-name">
      <h2 id="youtube-name">{youtube.title}</h2>
      {shown && (
        <>
          <p class="soft">{shown.isRehearsal ? youtube.rehearsal : youtube.real}</p>
          <p role="status">{stateOf(shown)}</p>
          {(problem.value || shown.failed) && <p class="problem-text">{problem.value || shown.failed}</p>}
          {shown.pending ? (
            <Asking pending={shown.pending} act={act} isBusy={isBusy.value} />
          ) : (
            shown.client.state === 'ready' && <Account shown={shown} act={act} isBusy={isBusy.value} />
          )}
          {!shown.pending && <Client shown={shown} act={act} isBusy={isBusy} />}
        </>
      )}
    </section>
  );
}

function stateOf({ signIn, channel, before }: SignInView): string {
  if (signIn.state === 'missing') return youtube.signedOut;
  if (signIn.state === 'refused') return youtube.dead;
  if (signIn.state === 'unusable') return signIn.problem ?? youtube.dead;
  const now = channel ? youtube.signedInAs(channel.title) : youtube.signedIn;
  return before === undefined ? now : `${now} ${youtube.before(before)}`;
}

interface PartProps {
  readonly act: Act;
  readonly isBusy: boolean;
}

function Account({ shown, act, isBusy }: PartProps & { readonly shown: SignInView }) {
  const isSure = useSignal(false);
  const isSignedIn = shown.signIn.state !== 'missing';
  return (
    <div class="account-actions">
      <button
        type="button"
        class="primary"
        disabled={isBusy}
        onClick={() => void act(() => ask(api.youtube['sign-in'].$post()))}
      >
        {isSignedIn ? youtube.signInAgain : youtube.signIn}
      </button>
      {isSignedIn && !isSure.value && (
        <button type="button" class="plain" disabled={isBusy} onClick={() => (isSure.value = true)}>
          {youtube.signOut}
        </button>
      )}
      {isSignedIn && isSure.value && (
        <>
          <button
            type="button"
            class="plain"
            disabled={isBusy}
            onClick={() =>
              void act(() => ask(api.youtube['sign-in'].$delete())).then(() => {
                isSure.value = false;
              })
            }
          >
            {youtube.reallySignOut}
          </button>
          <button type="button" class="plain" onClick={() => (isSure.value = false)}>
            {youtube.keepSignedIn}
          </button>
        </>
      )}
    </div>
  );
}

/** A person is asked at Google, in another tab or on another machine. */
function Asking({ pending, act, isBusy }: PartProps & { readonly pending: NonNullable<SignInView['pending']> }) {
  const pasted = useSignal('');
  const take = () => act(() => ask(api.youtube['sign-in'].answer.$post({ json: { address: pasted.value } })));
  return (
    <>
      <p>{youtube.approve}</p>
      <div class="account-actions">
        <a class="primary" href={pending.address} target="_blank" rel="noreferrer">
          {youtube.goOn}
        </a>
        <button
          type="button"
          class="plain"
          disabled={isBusy}
          onClick={() => void act(() => ask(api.youtube['sign-in'].pending.$delete()))}
        >
          {youtube.stop}
        </button>
      </div>
      <p class="soft" id="elsewhere">
        {youtube.elsewhere(pending.redirectUri)}
      </p>
      <div class="setting">
        <label for="ended-at">{youtube.pasted}</label>
        <input
          id="ended-at"
          type="text"
          autocomplete="off"
          aria-describedby="elsewhere"
          value={pasted.value}
          onInput={({ currentTarget }) => (pasted.value = currentTarget.value)}
        />
        <button
          type="button"
          class="plain"
          disabled={isBusy || pasted.value === ''}
          onClick={() =>
            void take().then((isTaken) => {
              if (isTaken) pasted.value = '';
            })
          }
        >
          {youtube.take}
        </button>
        {pending.useless && <p class="problem-text">{pending.useless}</p>}
      </div>
    </>
  );
}

/** The file that Google gives out for the program, and how to get it. */
function Client({ shown, act, isBusy }: { shown: SignInView; act: Act; isBusy: Signal<boolean> }) {
  const { state, problem } = shown.client;
  const send = (file: File) => act(() => ask<SignInView>(fetch('/api/youtube/client', { method: 'PUT', body: file })));
  useEffect(
    () =>
      takeDrops({
        words: youtube.drop,
        takes: ({ name }) => /\.json$/i.test(name),
        take: (file) => void send(file),
      }),
    [],
  );
  const field = (
    <div class="setting">
      <FileField
        id="client-file"
        label={youtube.client}
        accept="application/json,.json"
        isDisabled={isBusy.value}
        onFile={(file) => void send(file)}
        problem={problem}
        about={state === 'ready' ? youtube.clientReady : ''}
      />
    </div>
  );
  if (state === 'ready') return field;
  return (
    <>
      <ol class="client-steps">
        {youtube.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {field}
    </>
  );
}
