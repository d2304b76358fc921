import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { explainTrouble, type Trouble } from '../errors.ts';
import { lookAtSteps, lookAtVideos } from './look.ts';
import { Seat, type Videos } from './seat.ts';
import type { Subscription, VideoSubscriber } from './subscriber.ts';

export type { Trouble } from '../errors.ts';
export type { Subscription, VideoChanges, VideoProgress, VideoSubscriber } from './subscriber.ts';

/** What videos are doing, asked of Temporal once for all who want to know, and only while somebody does. */
export interface VideoWatch {
  subscribe(subscriber: VideoSubscriber): Subscription;
  /** Somebody knows before the next look that Temporal cannot be asked; told until a look finds that it can. */
  tellTrouble(problem: Trouble): void;
  close(): Promise<void>;
}

export interface WatchOptions {
  /** A subscriber has thrown. */
  readonly failed: (error: unknown) => void;
  /** What people are to be told although Temporal answers. */
  readonly otherTrouble?: () => Trouble | undefined;
  /** Milliseconds between two looks; a look that takes long is made less often. */
  readonly lookEvery?: number;
  /** Milliseconds after which a server that has not answered counts as away. */
  readonly answerWithin?: number;
}

/** How much of the time the server may be busy with our looks. */
const shareOfTime = 0.2;
/** Milliseconds: a server that is away is not busy with our looks, and is to be found again soon after it is back. */
const longestPauseInTrouble = 10_000;

export function watchVideos(client: Client, options: WatchOptions): VideoWatch {
  const { failed, otherTrouble, lookEvery = 1000, answerWithin = 10_000 } = options;
  const seats = new Set<Seat>();
  const ending = new AbortController();
  let running: Promise<void> | undefined;
  /** What the last look has found, while looks are being made. */
  let latest: { readonly videos: Videos; readonly all: boolean } | undefined;
  /** The look that is being made; who comes meanwhile is told of what it finds. */
  let looking: { readonly all: boolean } | undefined;
  let waking = new AbortController();
  /** Counts what was told from outside: a look that began before does not know of it. */
  let timesTold = 0;
  /** What was told from outside says more than a look that finds the same. */
  let told: Trouble | undefined;

  const run = async () => {
    while (seats.size > 0 && !ending.signal.aborted) {
      waking = new AbortController();
      const began = performance.now();
      const isWell = await look();
      const pause = Math.max(lookEvery, (performance.now() - began) / shareOfTime);
      if (ending.signal.aborted) break;
      const { signal } = waking;
      await sleep(isWell ? pause : Math.min(pause, longestPauseInTrouble), undefined, { signal }).catch(() => {});
    }
    running = undefined;
    latest = undefined;
  };

  /** Whether Temporal could be asked. */
  const look = async (): Promise<boolean> => {
    const toldBefore = timesTold;
    try {
      await client.withAbortSignal(ending.signal, () => client.withDeadline(Date.now() + answerWithin, lookNow));
      if (timesTold === toldBefore) {
        told = undefined;
        for (const seat of seats) seat.tellTrouble(otherTrouble?.());
      }
      return true;
    } catch (error) {
      if (!ending.signal.aborted) for (const seat of seats) seat.tellTrouble(told ?? explainTrouble(error));
      return false;
    } finally {
      looking = undefined;
    }
  };

  const lookNow = async () => {
    const all = [...seats].some(({ wantsAll }) => wantsAll);
    looking = { all };
    const known = new Map([...seats].flatMap((seat) => seat.running).map((video) => [video.videoId, video]));
    const videos = await lookAtVideos(client, { all, running: [...known.values()] });
    latest = { videos, all };
    for (const seat of seats) if (all || !seat.wantsAll) seat.tellVideos(videos);
    const onScreens = [...seats].flatMap(({ screen }) => [...screen]);
    const steps = await lookAtSteps(client, onScreens, videos);
    for (const seat of seats) seat.tellSteps(steps);
  };

  return {
    subscribe(subscriber) {
      const seat = new Seat(subscriber, failed);
      seats.add(seat);
      // What was known when the last one left may be long past.
      if (latest && (latest.all || !seat.wantsAll)) seat.tellVideos(latest.videos);
      else if (!looking || (seat.wantsAll && !looking.all)) waking.abort();
      running ??= run();
      return { look: (videoIds) => seat.look(videoIds), end: () => void seats.delete(seat) };
    },
    tellTrouble(problem) {
      timesTold += 1;
      told = problem;
      for (const seat of seats) seat.tellTrouble(problem);
    },
    async close() {
      ending.abort();
      waking.abort();
      await running;
    },
  };
}
