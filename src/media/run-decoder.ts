import { runTask, type TaskOptions } from '../child/run-task.ts';
import { StageError } from '../domain/errors.ts';

export type { TaskLimits } from '../child/run-task.ts';

/** The error for a decoder process that failed; `what` completes "The decoder process …". */
export function decoderFailed(what: string, cause?: unknown): StageError {
  return new StageError('DECODER_FAILED', `The decoder process ${what}.`, {
    remedy: 'retry',
    action:
      'It is tried again automatically. If it fails on this recording each time, compare the file with the original on the phone ' +
      'or camera: if they differ in size, copy it again; if not, this program cannot read it as it is: save it as MP4 (H.264) ' +
      'with another program, for example HandBrake, and take that; it becomes a video of its own. Cancel the video of this file, if there is one.',
    cause,
  });
}

/**
 * Runs a task of src/media/tasks in a child process.
 * @throws what `runTask` throws; StageError DECODER_FAILED if the child process failed
 */
export function runDecoder<Input, Message, Result, Request = never>(
  module: URL,
  input: Input,
  options: Omit<TaskOptions<Message, Request>, 'failed'> = {},
): Promise<Result> {
  return runTask<Input, Message, Result, Request>(module, input, { ...options, failed: decoderFailed });
}
