import { availableParallelism } from 'node:os';
import { runTask, type TaskLimits } from '../child/run-task.ts';
import { StageError } from '../domain/errors.ts';
import type { Person } from './people.ts';
import type { PoseInput, PoseMessage } from './task.ts';

export type { TaskLimits as PoseLimits } from '../child/run-task.ts';
export type { Box, Joint, JointName, Person } from './people.ts';

export interface PoseOptions extends TaskLimits {
  signal?: AbortSignal | undefined;
  /** Looks at the mirror images, as a second opinion; what is found is told as in the pictures themselves. */
  mirrored?: boolean | undefined;
  /** Called once for each picture, in no certain order. */
  onPeople: (index: number, people: readonly Person[]) => void;
}

const poseFailed = (what: string, cause?: unknown) =>
  new StageError('POSE_FAILED', `The pose process ${what}.`, {
    remedy: 'retry',
    action: 'Ranking goes on without it, from motion alone.',
    cause,
  });

/** The model uses one core; a second process makes it twice as fast, and more would only take memory. */
const mostProcesses = 2;
/** Fewer pictures than this are not worth the second that a process takes to start. */
const worthAProcess = 6;

/**
 * Finds the people in encoded pictures (JPEG, PNG), in child processes that load the pose model; positions are in
 * pixels of each picture. About a fifth of a second a picture and 280 MB in each process.
 *
 * @throws StageError POSE_FAILED when a process died, hung, used too much memory or could not load the model: what
 *   was found before has been handed over by then; the signal's reason when aborted.
 */
export async function findPeople(
  pictures: readonly Uint8Array[],
  { onPeople, mirrored = false, signal, ...limits }: PoseOptions,
): Promise<void> {
  if (pictures.length === 0) return;
  const most = Math.min(mostProcesses, availableParallelism());
  const processes = Math.max(1, Math.min(most, Math.floor(pictures.length / worthAProcess)));
  const failure = new AbortController();
  const ends = Array.from({ length: processes }, async (_, nth) => {
    const share = pictures.filter((_, index) => index % processes === nth);
    try {
      await runTask<PoseInput, PoseMessage, void>(
        new URL('./task.ts', import.meta.url),
        { pictures: share, mirrored },
        {
          memoryLimitBytes: 1024 ** 3,
          ...limits,
          signal: signal ? AbortSignal.any([signal, failure.signal]) : failure.signal,
          failed: poseFailed,
          onMessage: ({ index, people }) => onPeople(index * processes + nth, people),
        },
      );
    } catch (error) {
      // One that failed ends the others, and its error is the one that is told.
      failure.abort(error);
      throw error;
    }
  });
  const failed = (await Promise.allSettled(ends)).find(({ status }) => status === 'rejected');
  if (failed) throw signal?.aborted ? signal.reason : failure.signal.reason;
}
