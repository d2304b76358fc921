import { randomUUID } from 'node:crypto';
import { StageError } from '../domain/errors.ts';
import type { StageContext } from '../stages/context.ts';
import { runAttempt } from '../stages/run-attempt.ts';
import type { Store } from '../workspace/store.ts';
import { showProgress } from './progress-line.ts';

/** Seconds within which a sign of life means that an attempt is at work. */
const busyWithin = 15;

/** Runs stages in this terminal as one attempt: no worker gets in the way, and Ctrl-C stops what is running. */
export async function inThisTerminal<T>(store: Store, work: (context: StageContext) => Promise<T>): Promise<T> {
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const progress = showProgress();
  try {
    return await runAttempt(
      {
        store,
        attempt: { line: `terminal/${randomUUID()}`, place: [1, 1] },
        cancelled: stopping.signal,
        report: (latest) => progress.show(latest),
        admit: (videoId) => {
          if (store.fence.isBusy(videoId, busyWithin)) throw busy(videoId);
        },
      },
      work,
    );
  } finally {
    progress.end();
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

const busy = (videoId: string) =>
  new StageError(
    'ALREADY_PROCESSED_ELSEWHERE',
    `A worker, or a command in another terminal, is working on ${videoId} right now.`,
    {
      remedy: 'fix',
      action: `Wait for it, or cancel it: npx badminton cancel ${videoId}`,
    },
  );
