import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { explainClientError } from '../../temporal/client/errors.ts';
import { describeVideo } from '../../temporal/client/progress.ts';
import { listVideos, type VideoSummary } from '../../temporal/client/videos.ts';
import type { LiveEventName, LiveEvents, VideoProgress } from '../live-events.ts';

export type Tell = <Name extends LiveEventName>(event: Name, data: LiveEvents[Name]) => void;

export interface Follower {
  /** Which videos are on its screen: of those that are active, it hears what they are doing. */
  look(videoIds: readonly string[]): void;
  leave(): void;
}

/** What all videos are doing, asked of Temporal once for all pages, and only while a page is open. */
export interface LiveBoard {
  follow(tell: Tell): Follower;
  close(): Promise<void>;
}

/** Milliseconds between two looks; a look that takes long is made less often. */
const lookEvery = 1000;
const shareOfTime = 0.2;
const answerWithin = 10_000;
const mostDetails = 60;
const detailsAtOnce = 8;
const isActive = ({ stage }: VideoSummary) => stage !== 'COMPLETED' && stage !== 'CANCELLED';

interface Seat {
  readonly tell: Tell;
  readonly known: Map<string, string>;
  readonly steps: Map<string, string>;
  screen: ReadonlySet<string>;
  hasTrouble: boolean;
  /** It has heard of all videos once, if only that there are none. */
  isTold: boolean;
}

export function openLiveBoard(client: Client): LiveBoard {
  const seats = new Set<Seat>();
  const ending = new AbortController();
  let running: Promise<void> | undefined;
  let latest: ReadonlyMap<string, VideoSummary> = new Map();
  let hasLooked = false;

  const run = async () => {
    while (seats.size > 0 && !ending.signal.aborted) {
      const began = performance.now();
      await look().then(
        () => tellTrouble(null),
        (error) => tellTrouble(describe(error)),
      );
      const pause = Math.max(lookEvery, (performance.now() - began) / shareOfTime);
      await sleep(pause, undefined, { signal: ending.signal }).catch(() => undefined);
    }
    running = undefined;
    hasLooked = false;
  };
  const look = () =>
    client.withAbortSignal(ending.signal, () => client.withDeadline(Date.now() + answerWithin, lookNow));
  const lookNow = async () => {
    latest = newestRuns(await listVideos(client));
    hasLooked = true;
    for (const seat of seats) tellChanges(seat, latest);
    await lookAtScreens();
  };
  const lookAtScreens = async () => {
    const wanted = [...new Set([...seats].flatMap(({ screen }) => [...screen]))]
      .filter((id) => {
        const video = latest.get(id);
        return video && isActive(video);
      })
      .slice(0, mostDetails);
    const steps: VideoProgress[] = [];
    const next = async (): Promise<void> => {
      for (let videoId = wanted.shift(); videoId !== undefined; videoId = wanted.shift()) {
        // One that was removed meanwhile must not keep the others from being told.
        const video = await describeVideo(client, videoId).catch(() => undefined);
        if (video) steps.push({ videoId, step: video.step ?? null });
      }
    };
    await Promise.all(Array.from({ length: detailsAtOnce }, next));
    for (const seat of seats) tellSteps(seat, steps);
  };
  const tellTrouble = (problem: string | null) => {
    for (const seat of seats) {
      if (seat.hasTrouble === (problem !== null)) continue;
      seat.hasTrouble = problem !== null;
      seat.tell('trouble', { problem });
    }
  };

  return {
    follow(tell) {
      const seat: Seat = {
        tell,
        known: new Map(),
        steps: new Map(),
        screen: new Set(),
        hasTrouble: false,
        isTold: false,
      };
      seats.add(seat);
      // What was known when the last page was closed may be long past.
      if (running && hasLooked) tellChanges(seat, latest);
      running ??= run();
      return {
        look: (videoIds) => {
          seat.screen = new Set(videoIds);
          // What comes back to the screen is told anew.
          for (const id of seat.steps.keys()) if (!seat.screen.has(id)) seat.steps.delete(id);
        },
        leave: () => seats.delete(seat),
      };
    },
    async close() {
      ending.abort();
      await running;
    },
  };
}

/** Visibility lists each run of a video, newest first; one that runs goes before those that have ended. */
function newestRuns(runs: readonly VideoSummary[]): Map<string, VideoSummary> {
  const newest = new Map<string, VideoSummary>();
  for (const run of runs) {
    const known = newest.get(run.videoId);
    if (!known || (isActive(run) && !isActive(known))) newest.set(run.videoId, run);
  }
  return newest;
}

function tellChanges(seat: Seat, videos: ReadonlyMap<string, VideoSummary>): void {
  const { known, tell } = seat;
  const changed = [...videos.values()].filter((video) => known.get(video.videoId) !== JSON.stringify(video));
  const gone = [...known.keys()].filter((id) => !videos.has(id));
  for (const video of changed) known.set(video.videoId, JSON.stringify(video));
  for (const id of gone) known.delete(id);
  if (!seat.isTold || changed.length + gone.length > 0) tell('videos', { changed, gone });
  seat.isTold = true;
}

function tellSteps({ screen, steps, tell }: Seat, all: readonly VideoProgress[]): void {
  const changed = all.filter(({ videoId, step }) => screen.has(videoId) && steps.get(videoId) !== JSON.stringify(step));
  for (const { videoId, step } of changed) steps.set(videoId, JSON.stringify(step));
  if (changed.length > 0) tell('progress', changed);
}

function describe(error: unknown): string {
  const known = explainClientError(error, 'its address');
  return known instanceof Error && known.name === 'RefusedError'
    ? 'Temporal does not answer. Is `npm start` still running? This page goes on by itself when it does.'
    : `Temporal cannot be asked: ${(known as Error).message}`;
}
