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
  /** Called for each picture in order. */
  onPeople: (index: number, people: readonly Person[]) => void;
}

const poseFailed = (what: string, cause?: unknown) =>
  new StageError('POSE_FAILED', `The pose process ${what}.`, {
    remedy: 'retry',
    action: 'Ranking goes on without it, from motion alone.',
    cause,
  });

/**
 * Finds the people in encoded pictures (JPEG, PNG), in a child process that loads the pose model; positions are in
 * pixels of each picture. About a fifth of a second a picture, and 300 MB while it runs.
 *
 * @throws StageError POSE_FAILED when the process died, hung, used too much memory or could not load the model: what
 *   was found before has been handed over by then; the signal's reason when aborted.
 */
export async function findPeople(
  pictures: readonly Uint8Array[],
  { onPeople, mirrored = false, ...limits }: PoseOptions,
): Promise<void> {
  if (pictures.length === 0) return;
  await runTask<PoseInput, PoseMessage, void>(
    new URL('./task.ts', import.meta.url),
    { pictures: [...pictures], mirrored },
    {
      memoryLimitBytes: 1024 ** 3,
      ...limits,
      failed: poseFailed,
      onMessage: ({ index, people }) => onPeople(index, people),
    },
  );
}
