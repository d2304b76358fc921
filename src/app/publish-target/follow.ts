import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import type { OpenParts } from '../open-parts.ts';
import { resumeAfterSignIn } from '../resume-after-sign-in.ts';
import { resumeParked } from '../resume-parked.ts';
import { signInPlace } from './sign-in.ts';

export interface FollowOptions {
  readonly client: Client;
  readonly parts: Pick<OpenParts, 'now' | 'store' | 'host' | 'youtube'>;
  readonly log: Logger;
}

/** Milliseconds. */
const lookEvery = 1000;

/**
 * Watches the sign-in to each YouTube, and which of them videos go to: at a change, those parked for a sign-in that they
 * no longer need are tried again. The returned function stops this.
 */
export function followTarget({ client, parts, log }: FollowOptions): () => void {
  const { now, store, host, youtube } = parts;
  const stopped = new AbortController();
  let set = now().PUBLISH_TARGET;
  const places = { local: signInPlace(now(), true), youtube: signInPlace(now(), false) };
  const stops = (['local', 'youtube'] as const).map((target) =>
    resumeAfterSignIn({
      ...{ client, causes: store.causes, target, file: places[target].file, host, log },
      isInUse: () => now().PUBLISH_TARGET === target,
    }),
  );
  const look = setInterval(() => {
    const { PUBLISH_TARGET: wanted } = now();
    if (wanted === set) return;
    set = wanted;
    log.info({ target: wanted }, 'videos go to another target');
    if (wanted === 'local') {
      // Rehearsals are watched there.
      youtube('local').catch((error: Error) => log.warn({ reason: error.message }, 'nothing can be rehearsed'));
    }
    void resumeParked({ client, code: 'AUTH_REQUIRED', log, hostId: host.id, signal: stopped.signal });
  }, lookEvery);
  look.unref();
  return () => {
    clearInterval(look);
    stopped.abort();
    for (const stop of stops) stop();
  };
}
