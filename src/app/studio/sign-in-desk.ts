import { Readable } from 'node:stream';
import { StageError } from '../../domain/errors.ts';
import { RequestError } from '../../http/request-error.ts';
import type { SignInDesk, SignInView, Usable } from '../../studio/index.ts';
import { writeFileAtomic } from '../../workspace/atomic-file.ts';
import {
  findClient,
  type OAuthClient,
  parseClient,
  readTokenFile,
  revokeSignIn,
  signIn,
  signInState,
} from '../../youtube/auth.ts';
import type { CurrentSettings } from '../current-settings.ts';
import { completeSignIn } from '../publish-target/complete-sign-in.ts';
import { type SignInPlace, signInPlace } from '../publish-target/sign-in.ts';
import { prefix } from '../settings/index.ts';
import { readKept } from '../settings/kept.ts';
import { settingStates } from '../settings-layers.ts';

/** How long a person may take on the consent page. */
const patienceMs = 15 * 60_000;
const googlesOrigins = ['https://accounts.google.com', 'https://oauth2.googleapis.com'];

/** A sign-in that a person is asked for. */
interface Pending {
  readonly address: string;
  readonly redirectUri: string;
  /** Takes what a person pastes. */
  readonly answers: Readable;
  useless?: string;
}

/** Signs in to the real YouTube from the studio's page, also while videos still go to the local one. */
export function signInDesk({ now, places }: CurrentSettings): SignInDesk {
  let pending: Pending | undefined;
  /** Ends the latest sign-in, also one that is only being opened. */
  let stopping = new AbortController();
  let failed: string | undefined;
  let before: string | undefined;
  const place = () => signInPlace(now(), false);

  const stop = () => {
    stopping.abort(new DOMException('Stopped', 'AbortError'));
    stopping = new AbortController();
    pending = undefined;
  };
  const ask = async (client: OAuthClient, signal: AbortSignal, opened: (own: Pending) => void) => {
    const answers = new Readable({ objectMode: true, read: () => undefined });
    let own: Pending | undefined;
    const granted = await signIn({
      client,
      signal,
      timeoutMs: patienceMs,
      pasted: answers,
      teller: 'studio',
      onAddress(address, redirectUri) {
        own = { address, redirectUri, answers };
        opened(own);
      },
      onUseless(text) {
        if (own) own.useless = text;
      },
    }).finally(() => {
      if (pending === own) pending = undefined;
    });
    const done = await completeSignIn(place(), granted);
    before = done.before?.title;
  };

  return {
    view: () => viewOf(now().PUBLISH_TARGET === 'local', place(), pending, failed, before, now().YOUTUBE_CLIENT),
    keepClient(text) {
      const name = `${prefix}YOUTUBE_CLIENT`;
      const state = settingStates(places, readKept(now().DATA_DIR)).find((each) => each.name === name);
      if (state && state.source !== 'default') {
        throw new RequestError(
          409,
          `${name} says where the client is kept.`,
          'Replace that file on the machine itself.',
        );
      }
      const client = parseClient(text, 'This file');
      requireOwn(client, now().YOUTUBE_URL);
      const { clientId: client_id, clientSecret: client_secret, authUri: auth_uri, tokenUri: token_uri } = client;
      const kept = { installed: { client_id, client_secret, auth_uri, token_uri } };
      writeFileAtomic(now().YOUTUBE_CLIENT, `${JSON.stringify(kept, undefined, 2)}\n`, 0o600);
      failed = undefined;
    },
    async begin() {
      stop();
      failed = undefined;
      before = undefined;
      const { signal } = stopping;
      const client = await place().client();
      const opened = Promise.withResolvers<void>();
      ask(client, signal, (own) => {
        pending = own;
        opened.resolve();
      }).catch((error: unknown) => {
        opened.reject(error);
        if ((error as Error).name !== 'AbortError') failed = reasonOf(error);
      });
      await opened.promise;
    },
    answer(address) {
      if (!pending) throw new RequestError(409, 'No sign-in is in progress.', 'Begin one.');
      delete pending.useless;
      pending.answers.push(address);
    },
    stop,
    async signOut() {
      stop();
      before = undefined;
      const { file, tokenUrl } = place();
      await revokeSignIn(file, tokenUrl === undefined ? {} : { tokenUrl });
    },
  };
}

/**
 * Tokens go where the client says: only to Google, or where whoever runs this machine has set YouTube to be.
 * @throws RequestError
 */
function requireOwn({ authUri, tokenUri }: OAuthClient, youtubeUrl: string | undefined): void {
  const own = youtubeUrl === undefined ? [] : [new URL(youtubeUrl).origin];
  const known = [...googlesOrigins, ...own];
  if ([authUri, tokenUri].every((address) => known.includes(new URL(address).origin))) return;
  throw new RequestError(
    422,
    'This client would send the sign-in elsewhere than to Google.',
    'Download it again from the Google Cloud console.',
  );
}

function viewOf(
  isRehearsal: boolean,
  place: SignInPlace,
  pending: Pending | undefined,
  failed: string | undefined,
  before: string | undefined,
  clientFile: string,
): SignInView {
  const { state, ...rest } = signInState(place.file, place.command);
  const channel = state === 'ready' || state === 'refused' ? readTokenFile(place.file).channel : undefined;
  return {
    isRehearsal,
    client: clientState(clientFile),
    signIn: { state, ...('problem' in rest && { problem: reasonOf(rest.problem) }) },
    ...(channel && { channel }),
    ...(pending && {
      pending: {
        address: pending.address,
        redirectUri: pending.redirectUri,
        ...(pending.useless !== undefined && { useless: pending.useless }),
      },
    }),
    ...(failed !== undefined && { failed }),
    ...(before !== undefined && { before }),
  };
}

function clientState(file: string): Usable {
  try {
    return findClient(file) ? { state: 'ready' } : { state: 'missing' };
  } catch (error) {
    return { state: 'unusable', problem: reasonOf(error) };
  }
}

const reasonOf = (error: unknown) =>
  error instanceof StageError ? `${error.message} ${error.action}` : (error as Error).message;
