import { existsSync } from 'node:fs';
import path from 'node:path';
import { StageError } from '../../domain/errors.ts';
import { fingerprintFile } from '../../workspace/fingerprint.ts';
import type { PublishTarget } from '../../workspace/ledger.ts';
import { hashFile } from '../../youtube/resumable/index.ts';
import { requireRecord, type StageContext } from '../context.ts';
import { requireFreeSpace } from '../prepare/free-space.ts';
import { cleanupRecord, preparedRecord, publicationRecord } from '../records.ts';
import { finishMove, moveFile } from './move-file.ts';
import { freeName, type IsMine } from './names.ts';

export interface CleanupOptions {
  readonly target: PublishTarget;
  readonly completedFolder: string;
}

/**
 * Puts the recording away once its publish is confirmed. A rehearsal moves nothing, and neither does a publish for
 * which YouTube has not said how many bytes it received. A recording is never deleted before a whole, verified copy of
 * it is in the completed folder.
 * @throws StageError STAGE_ORDER, PUBLISH_NOT_CONFIRMED, FILE_MISSING, FILE_CHANGED, NO_SPACE, FOLDER_UNUSABLE
 */
export async function cleanupVideo(
  videoPath: string,
  { target, completedFolder }: CleanupOptions,
  context: StageContext,
): Promise<{ movedTo?: string }> {
  const { store, attempt, signal, report } = context;
  const workspace = await store.open(videoPath, attempt);
  const done = workspace.read(cleanupRecord);
  const isRecording: IsMine = async (file) => (await fingerprintFile(file)) === workspace.fingerprint;
  if (done?.movedTo) {
    store.fence.refresh(workspace.videoId, attempt);
    await finishMove(videoPath, done.movedTo, { isRecording });
  }
  if (done?.movedTo && !existsSync(videoPath)) return { movedTo: done.movedTo };

  const known = store.ledger.find(workspace.fingerprint, target);
  // The ledger outlives a workspace: whatever it lists has been confirmed.
  const kind = publicationRecord(target);
  const publication = known ? workspace.read(kind) : requireRecord(workspace, kind, 'upload');
  if (publication && !publication.confirmed) {
    throw new StageError('PUBLISH_NOT_CONFIRMED', `${publication.watchUrl} is not confirmed as published.`, {
      remedy: 'fix',
      action: 'Look at the video on YouTube, then publish it: npx badminton stage upload FILE',
    });
  }
  if (target === 'local' || publication?.sizeIsKnown === false) return {};
  if (path.dirname(path.resolve(videoPath)) === path.resolve(completedFolder)) return { movedTo: videoPath };

  const { recording } = requireRecord(workspace, preparedRecord, 'prepare');
  await requireFreeSpace(completedFolder, 0, 'BADMINTON_COMPLETED_DIR');
  const sha256 =
    publication?.sha256 ??
    (await hashFile(videoPath, {
      signal,
      onProgress: (fraction) => report({ fraction, note: 'hashing the recording' }),
    }));
  const wanted = path.join(completedFolder, recording);
  for (let movedTo = done?.movedTo; ; movedTo = undefined) {
    movedTo ??= await freeName(wanted);
    // Written down before the move, so that a crash after it still knows where the recording went.
    workspace.write(cleanupRecord, { movedTo });
    const moved = await moveFile(videoPath, movedTo, {
      sha256,
      signal,
      isRecording,
      onProgress: (fraction) => report({ fraction, note: 'moving the recording' }),
      beforeRename: () => store.fence.refresh(workspace.videoId, attempt),
    });
    if (moved) return { movedTo };
  }
}
