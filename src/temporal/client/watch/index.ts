import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { explainTrouble, type Trouble } from '../errors.ts';
import { lookAtSteps, lookAtVideos } from './look.ts';
import { Seat, type Videos } from './seat.ts';
import type { Subscription, VideoSubscriber } from './subscriber.ts';

export type { Trouble } from '../errors.ts';
export type { Subscription, VideoChanges, VideoProgress, VideoSubscriber } from './subscriber.ts';

/** What the videos are doing: Temporal is queried once for all subscribers, and only while there are any. */
export interface VideoWatch {
  subscribe(subscriber: VideoSubscriber): Subscription;
  /** Reports trouble that is known before the next look; it lasts until a look succeeds. */
  tellTrouble(problem: Trouble): void;
  close(): Promise<void>;
}

export interface WatchOptions {
  /** Called with what a subscriber threw. */
  readonly failed: (error: unknown) => void;
  /** Trouble to report even though Temporal answers. */
  readonly otherTrouble?: () => Trouble | undefined;
  /** Milliseconds between two looks; slow looks are made less often. */
  readonly lookEvery?: number;
  /** Milliseconds after which a server that has not answered counts as away. */
  readonly answerWithin?: number;
}

/** The largest share of the time that looks may keep the server busy. */
const shareOfTime = 0.2;
/** Milliseconds: looks do not burden a server that is away, and it should be noticed soon after it is back. */
const longestPauseInTrouble = 10_000;

export function watchVideos(client: Client, options: WatchOptions): VideoWatch {
  const { failed, otherTrouble, lookEvery = 1000, answerWithin = 8000 } = options;
  const seats = new Set<Seat>();
  const ending = new AbortController();
  let running: Promise<void> | undefined;
  /** What the last look found, while looks are being made. */
  let latest: { readonly videos: Videos; readonly all: boolean } | undefined;
  /** The look in progress; a subscriber that joins meanwhile gets its result. */
  let looking: { readonly all: boolean } | undefined;
  let waking = new AbortController();
  /** Counts trouble reported from outside: a look that began before does not reflect it. */
  let timesTold = 0;
  /** What was told from outside says more than a look that finds the same. */
  let told: Trouble | undefined;
  /** What a subscriber that joins is to know, too. */
  let present: Trouble | undefined;
  const tell = (problem: Trouble | undefined) => {
    present = problem;
    for (const seat of seats) seat.tellTrouble(problem);
  };

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
    present = undefined;
  };

  /** Returns whether Temporal could be queried. */
  const look = async (): Promise<boolean> => {
    const toldBefore = timesTold;
    try {
      await client.withAbortSignal(ending.signal, () => client.withDeadline(Date.now() + answerWithin, lookNow));
      if (timesTold === toldBefore) {
        told = undefined;
        tell(otherTrouble?.());
      }
      return true;
    } catch (error) {
      if (!ending.signal.aborted) tell(told ?? explainTrouble(error));
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
      // `latest` is unset between runs: what the last subscriber saw may be long out of date.
      if (latest && (latest.all || !seat.wantsAll)) seat.tellVideos(latest.videos);
      else if (!looking || (seat.wantsAll && !looking.all)) waking.abort();
      if (present) seat.tellTrouble(present);
      running ??= run();
      return { look: (videoIds) => seat.look(videoIds), end: () => void seats.delete(seat) };
    },
    tellTrouble(problem) {
      timesTold += 1;
      told = problem;
      tell(problem);
    },
    async close() {
      ending.abort();
      waking.abort();
      await running;
    },
  };
}
