import path from 'node:path';
import type { Client } from '@temporalio/client';
import { StageError } from '../domain/errors.ts';
import { isUnfinished } from '../media/index.ts';
import { type StartOptions, type StartOutcome, startVideo } from '../temporal/client/start.ts';
import type { Store } from '../workspace/store.ts';
import { fileState } from './file-state.ts';

/**
 * Starts the video of a recording that is not being copied: an unfinished copy has another content, and so would be
 * another video than the finished one.
 * @throws StageError DAMAGED_VIDEO (a part of it is empty), FILE_CHANGED (something writes to it), FILE_MISSING,
 *   NOT_A_VIDEO (a folder)
 */
export async function startRecording(
  client: Client,
  store: Pick<Store, 'recordings' | 'ledger'>,
  file: string,
  options: Omit<StartOptions, 'confirm'>,
): Promise<StartOutcome> {
  const before = await fileState(file);
  // A recording that was moved away is known by its path.
  if (before !== undefined && (await isUnfinished(file))) throw unfinished(file);
  const confirm = async () => {
    if ((await fileState(file)) !== before) throw beingWritten(file);
  };
  return startVideo(client, store, file, { ...options, confirm });
}

function unfinished(file: string): StageError {
  return new StageError('DAMAGED_VIDEO', `${path.basename(file)} is not finished: a part of it is empty.`, {
    remedy: 'fix',
    action: 'Wait until it is copied; if the copying has ended, it broke off: copy it again from the phone or camera.',
  });
}

function beingWritten(file: string): StageError {
  return new StageError('FILE_CHANGED', `Something still writes to ${path.basename(file)}.`, {
    remedy: 'retry',
    action: 'Wait until it is copied, then start it again.',
  });
}
