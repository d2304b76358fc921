import { availableParallelism } from 'node:os';
import { createQueue } from '../child/queue.ts';
import { runTask, type TaskLimits } from '../child/run-task.ts';
import { StageError } from '../domain/errors.ts';
import type { Scrutiny } from './input-size.ts';
import type { Person } from './people.ts';
import type { PoseMessage, PoseRequest } from './task.ts';

export type { TaskLimits as PoseLimits } from '../child/run-task.ts';
export type { Scrutiny } from './input-size.ts';
export type { Joint, JointName, Person, PersonBox } from './people.ts';

export interface PoseOptions extends TaskLimits {
  /** Roughly how much work is to come, in close looks: a little is not worth a second process. */
  expected: number;
  signal?: AbortSignal | undefined;
}

/** Child processes that hold the pose model, for any number of pictures. */
export interface PoseFinder {
  /**
   * Finds the people in an encoded picture (JPEG, PNG); positions are in its pixels. A close look takes about a fifth
   * of a second. The mirror image gives a second opinion; what is found in it is reported in the picture's own
   * coordinates.
   * @throws StageError POSE_FAILED when a process died, hung, used too much memory or could not load the model;
   *   the signal's reason when aborted
   */
  find(picture: Uint8Array, attention?: Scrutiny): Promise<readonly Person[]>;
  /** Ends the processes, whatever they are doing; they are gone when the promise settles. */
  close(): Promise<void>;
}

const poseFailed = (what: string, cause?: unknown) =>
  new StageError('POSE_FAILED', `The pose process ${what}.`, {
    remedy: 'retry',
    action: 'Ranking continues without it, by movement alone.',
    cause,
  });

/** The model uses one core; a second process makes it twice as fast, and more would only take memory. */
const mostProcesses = 2;
/** Fewer pictures than this are not worth the second that a process takes to start. */
const worthAProcess = 6;

interface Answer {
  resolve(people: readonly Person[]): void;
  reject(reason: unknown): void;
}

/**
 * Starts processes that load the pose model immediately, 280 MB each. What they find does not depend on which of them
 * examines which picture. If one fails it ends the others, and every picture not yet answered fails with its error.
 */
export function openPoseFinder({ expected, signal, ...limits }: PoseOptions): PoseFinder {
  const most = Math.min(mostProcesses, availableParallelism());
  const count = Math.max(1, Math.min(most, Math.floor(expected / worthAProcess)));
  const requests = createQueue<PoseRequest>();
  const answers = new Map<number, Answer>();
  const end = new AbortController();
  const fail = (reason: unknown) => {
    end.abort(reason);
    for (const { reject } of answers.values()) reject(end.signal.reason);
    answers.clear();
  };
  const processes = Array.from({ length: count }, () =>
    runTask<null, PoseMessage, void, PoseRequest>(new URL('./task.ts', import.meta.url), null, {
      memoryLimitBytes: 1024 ** 3,
      ...limits,
      signal: signal ? AbortSignal.any([signal, end.signal]) : end.signal,
      failed: poseFailed,
      nextRequest: requests.take,
      onMessage({ id, people }) {
        answers.get(id)?.resolve(people);
        answers.delete(id);
      },
    }).catch(fail),
  );
  let asked = 0;
  return {
    find(picture, attention = 'close') {
      if (end.signal.aborted) return Promise.reject(end.signal.reason);
      const id = asked++;
      const answer = new Promise<readonly Person[]>((resolve, reject) => answers.set(id, { resolve, reject }));
      // The caller may have given up on it by the time it fails.
      answer.catch(() => {});
      requests.put({ id, picture, attention });
      return answer;
    },
    async close() {
      fail(new Error('The pose finder was closed.'));
      requests.close();
      await Promise.all(processes);
    },
  };
}
