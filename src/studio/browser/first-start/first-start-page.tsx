import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { api, ask, inWords } from '../api.ts';
import { changes, discard, isSaving, readSettings, save, view } from '../settings/draft.ts';
import { about, readAbout } from '../state/about.ts';
import { go } from '../state/route.ts';
import { tellProblem } from '../state/toasts.ts';
import { ClubStep } from './club-step.tsx';
import { EndStep } from './end-step.tsx';
import { PhoneStep } from './phone-step.tsx';
import { RecordingsStep } from './recordings-step.tsx';
import { addressOfPlace, after, before, type Place, steps } from './steps.ts';
import { words } from './words.ts';
import { YouTubeStep } from './youtube-step.tsx';

/** Leads through what a club sets up once; each step, and all of it, can be left for later. */
export function FirstStartPage({ place }: { readonly place: Place }) {
  const problem = useSignal<string | undefined>(undefined);
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(place);
  const isDue = about.value?.isFirstStart === true;
  useEffect(() => {
    readSettings().catch((error) => {
      problem.value = inWords(error);
    });
    return discard;
  }, []);
  useEffect(() => {
    // From now on, the settings that are kept here do not mean that it is over.
    if (isDue) void keep('begun');
  }, [isDue]);
  useEffect(() => {
    if (shown.current !== place) heading.current?.focus({ preventScroll: true });
    shown.current = place;
  }, [place]);
  if (about.value?.isAdministrator === false) return <h1 class="booting">{words.notHere}</h1>;
  if (!view.value) return <h1 class="booting">{problem.value ?? words.reading}</h1>;
  const isChanged = Object.keys(changes.value).length > 0;
  const back = before(place);
  const isEnd = place === 'end';
  const advance = async () => {
    if (isSaving.peek()) return;
    if (isChanged && !(await save()))
      return heading.current?.parentElement && showRefused(heading.current.parentElement);
    go(addressOfPlace(after(place)));
  };
  const later = () => {
    discard();
    go(addressOfPlace(after(place)));
  };
  return (
    <section class="first-start" aria-labelledby="first-start-name">
      <Progress place={place} />
      <div class="card first-start-step">
        <h1 id="first-start-name" ref={heading} tabIndex={-1}>
          {isEnd ? words.end.title : words[place].title}
        </h1>
        {place === 'club' && <ClubStep onDone={() => void advance()} />}
        {place === 'recordings' && <RecordingsStep onDone={() => void advance()} />}
        {place === 'youtube' && <YouTubeStep />}
        {place === 'phone' && <PhoneStep />}
        {isEnd && <EndStep onBegin={() => keep('done')} onDone={() => void end('done', '/')} />}
      </div>
      <div class="first-start-buttons">
        {back && (
          <button type="button" class="plain" onClick={() => go(addressOfPlace(back))}>
            {words.back}
          </button>
        )}
        {!isEnd && (
          <>
            <button type="button" class="plain later" disabled={isSaving.value} onClick={later}>
              {words.later}
            </button>
            <button type="button" class="primary" disabled={isSaving.value} onClick={() => void advance()}>
              {place === 'club' || place === 'recordings' ? words.save : words.next}
            </button>
          </>
        )}
      </div>
      {!isEnd && (
        <p class="first-start-leave">
          <button type="button" class="quiet" onClick={() => void end('left', '/board')}>
            {words.allLater}
          </button>
          <span class="soft">{words.allLaterNote}</span>
        </p>
      )}
    </section>
  );
}

/** How far it is: the steps by name, and as a number. */
function Progress({ place }: { readonly place: Place }) {
  const at = place === 'end' ? steps.length : steps.indexOf(place);
  return (
    <div class="first-start-progress">
      <p>
        <b>{words.name}</b>
        {place !== 'end' && <span> · {words.progress(at + 1, steps.length)}</span>}
      </p>
      <ol>
        {steps.map((step, number) => (
          <li key={step} class={number < at ? 'past' : undefined} aria-current={step === place ? 'step' : undefined}>
            {words.steps[step]}
          </li>
        ))}
      </ol>
    </div>
  );
}

async function keep(state: 'begun' | 'left' | 'done'): Promise<boolean> {
  try {
    const { isDue } = await ask(api['first-start'].$put({ json: { state } }));
    if (isDue !== about.peek()?.isFirstStart) await readAbout();
    return true;
  } catch (error) {
    tellProblem(error);
    return false;
  }
}

/** Ends it for every browser of this data folder. */
async function end(state: 'left' | 'done', to: string): Promise<void> {
  if (await keep(state)) go(to);
}

function showRefused(step: HTMLElement): void {
  requestAnimationFrame(() => step.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
}
