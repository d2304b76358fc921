import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import type { PublishTarget } from '../../domain/publish-target.ts';
import type { Trouble } from '../../temporal/client/watch/index.ts';
import type { OpenParts } from '../open-parts.ts';
import { resumeAfterSignIn } from '../resume-after-sign-in.ts';
import { resumeParked } from '../resume-parked.ts';
import { type Begun, begunOf } from './begun-of.ts';
import { signInPlace } from './sign-in.ts';

export interface FollowOptions {
  readonly client: Client;
  readonly parts: Pick<OpenParts, 'now' | 'store' | 'host' | 'youtube'>;
  readonly log: Logger;
}

export interface FollowedTarget {
  /** What to tell people while rehearsals are wanted and there is no YouTube for them. */
  trouble(): Trouble | undefined;
  stop(): void;
}

/** Milliseconds. */
const lookEvery = 1000;

/**
 * Watches the sign-in to each YouTube, and which of them videos go to: at a change, those parked for a sign-in that they
 * no longer need are tried again. The local YouTube is served from then on; until it can be, that is tried again.
 */
export function followTarget({ client, parts, log }: FollowOptions): FollowedTarget {
  const { now, store, host, youtube } = parts;
  const stopped = new AbortController();
  let set = now().PUBLISH_TARGET;
  const places = { local: signInPlace(now(), true), youtube: signInPlace(now(), false) };
  const needs = (begun: Begun, target: PublishTarget) =>
    begun === 'nowhere' ? now().PUBLISH_TARGET === target : begun === target || begun === 'unclear';
  const stops = (['local', 'youtube'] as const).map((target) =>
    resumeAfterSignIn({
      ...{ client, causes: store.causes, target, file: places[target].file, host, log },
      needsIt: (video) => needs(begunOf(store, video), target),
    }),
  );
  let notServed: string | undefined;
  let isOpening = false;
  const open = async () => {
    if (isOpening) return;
    isOpening = true;
    try {
      await youtube('local');
      notServed = undefined;
    } catch (error) {
      const { message: reason, action = '' } = error as Error & { action?: string };
      if (notServed === undefined) log.warn({ reason }, 'nothing can be rehearsed');
      notServed = `${reason} ${action}`.trim();
    } finally {
      isOpening = false;
    }
  };
  const look = setInterval(() => {
    const { PUBLISH_TARGET: wanted } = now();
    if (wanted === 'youtube') notServed = undefined;
    if (notServed !== undefined) void open();
    if (wanted === set) return;
    set = wanted;
    log.info({ target: wanted }, 'videos go to another target');
    // Rehearsals are watched there.
    if (wanted === 'local') void open();
    void resumeParked({ client, code: 'AUTH_REQUIRED', log, hostId: host.id, signal: stopped.signal });
  }, lookEvery);
  look.unref();
  return {
    trouble: () => (notServed !== undefined && now().PUBLISH_TARGET === 'local' ? notRehearsed(notServed) : undefined),
    stop() {
      clearInterval(look);
      stopped.abort();
      for (const stop of stops) stop();
    },
  };
}

const notRehearsed = (why: string): Trouble => ({
  isAway: false,
  reason: 'the local YouTube is not served',
  told: { begin: `Nothing can be rehearsed. ${why}`, end: 'Videos can be rehearsed again.' },
});
