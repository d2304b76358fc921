import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { StageError } from '../../domain/errors.ts';
import type { PublishTarget } from '../../workspace/ledger.ts';
import { requireRecord, type StageContext } from '../context.ts';
import { cleanupRecord, preparedRecord, publicationRecord } from '../records.ts';
import { freeName, moveFile } from './move-file.ts';

export interface CleanupOptions {
  readonly target: PublishTarget;
  readonly completedFolder: string;
}

/**
 * Puts the recording away once its publish is confirmed. A rehearsal moves nothing. A recording is never deleted
 * before a whole, verified copy of it stands in the completed folder.
 * @throws StageError STAGE_ORDER, PUBLISH_NOT_CONFIRMED, NO_SPACE, FOLDER_UNUSABLE
 */
export async function cleanupVideo(
  videoPath: string,
  { target, completedFolder }: CleanupOptions,
  context: StageContext,
): Promise<{ movedTo?: string }> {
  const { store, attempt, signal, report } = context;
  const workspace = await store.open(videoPath, attempt);
  const done = workspace.read(cleanupRecord);
  if (done?.movedTo && !existsSync(videoPath)) return { movedTo: done.movedTo };

  const publication = requireRecord(workspace, publicationRecord(target), 'upload');
  if (!publication.confirmed) {
    throw new StageError('PUBLISH_NOT_CONFIRMED', `${publication.watchUrl} is not confirmed as published.`, {
      remedy: 'fix',
      action: 'Look at the video on YouTube, then retry the upload stage.',
    });
  }
  if (target === 'local') return {};

  const { recording } = requireRecord(workspace, preparedRecord, 'prepare');
  await mkdir(completedFolder, { recursive: true });
  // Written down before the move, so that a crash after it still knows where the recording went.
  const planned = done?.movedTo ?? (await freeName(path.join(completedFolder, recording)));
  workspace.write(cleanupRecord, { movedTo: planned });
  await moveFile(videoPath, planned, {
    sha256: publication.sha256,
    signal,
    onProgress: (fraction) => report({ fraction, note: 'moving the recording' }),
    beforeRename: () => store.fence.refresh(workspace.videoId, attempt),
  });
  return { movedTo: planned };
}
