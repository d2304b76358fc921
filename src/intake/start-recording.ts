import path from 'node:path';
import { StageError } from '../domain/errors.ts';
import { isUnfinished } from '../media/index.ts';
import type { StartAsItIs, StartVideo } from '../temporal/client/start.ts';
import { fileState } from './file-state.ts';

/**
 * Starts the video of a recording, unless it is still being copied: an unfinished copy has different content, and so
 * would become a different video from the finished one.
 * @throws StageError DAMAGED_VIDEO (a part of it is empty), FILE_CHANGED (something writes to it), FILE_MISSING,
 *   NOT_A_VIDEO (a folder)
 */
export const startRecording =
  (start: StartAsItIs): StartVideo =>
  async (file, wishes = {}) => {
    const before = await fileState(file);
    // A recording that was moved away is recognised by its path.
    if (before !== undefined && (await isUnfinished(file))) throw unfinished(file);
    return start(file, wishes, async () => {
      if ((await fileState(file)) !== before) throw beingWritten(file);
    });
  };

function unfinished(file: string): StageError {
  return new StageError('DAMAGED_VIDEO', `${path.basename(file)} is unfinished: a part of it is empty.`, {
    remedy: 'fix',
    action:
      'Wait until it is copied. If copying has already ended, it broke off: copy the recording again from the phone or camera.',
  });
}

function beingWritten(file: string): StageError {
  return new StageError('FILE_CHANGED', `${path.basename(file)} is still being written to.`, {
    remedy: 'retry',
    action: 'Wait until it is copied, then start it again.',
  });
}
