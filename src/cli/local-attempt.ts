import { randomUUID } from 'node:crypto';
import { StageError } from '../domain/errors.ts';
import { videoIdOf } from '../domain/video-id.ts';
import type { Progress, StageContext } from '../stages/context.ts';
import { holdVideos } from '../workspace/hold.ts';
import type { Store } from '../workspace/store.ts';
import { showProgress } from './progress-line.ts';

/** A worker that gave a sign of life within so many seconds is at work. */
const busyWithin = 15;
const refreshMilliseconds = 1000;

/** Runs stages in this terminal as one attempt: no worker gets in between, and Ctrl-C stops what is running. */
export async function inThisTerminal<T>(
  store: Store,
  file: string,
  work: (context: StageContext) => Promise<T>,
): Promise<T> {
  const videoId = videoIdOf(await store.recordings.fingerprint(file));
  if (store.fence.isBusy(videoId, busyWithin)) {
    throw new StageError('ALREADY_PROCESSED_ELSEWHERE', `A worker is working on ${videoId} right now.`, {
      remedy: 'fix',
      action: `Wait for it, or cancel it: npx badminton cancel ${videoId}`,
    });
  }
  const attempt = { token: `terminal/${randomUUID()}`, rank: Date.now() };
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const progress = showProgress();
  const hold = holdVideos(store);
  const pump = setInterval(() => {
    try {
      hold.refresh();
    } catch (error) {
      stopping.abort(error);
    }
  }, refreshMilliseconds);
  try {
    const report = (latest: Progress) => progress.show(latest);
    return await work({ store: hold.store, attempt, signal: stopping.signal, report });
  } finally {
    clearInterval(pump);
    progress.end();
    hold.release();
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}
