import { stat } from 'node:fs/promises';
import { StageError } from '../../domain/errors.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import type { VideoMetadata } from '../../youtube/metadata.ts';
import { hashFile } from '../../youtube/resumable/hash-file.ts';
import type { YouTube } from '../../youtube/youtube.ts';
import type { StageContext } from '../context.ts';
import { workspaceSessionStore } from './session-record.ts';

interface Channel {
  readonly youtube: YouTube;
  readonly workspace: Workspace;
  readonly context: StageContext;
}

/**
 * Gets the recording onto the channel, once. Without a session on record nothing is known here of an earlier upload
 * (the workspace may have been lost), so the channel is searched for the recording's mark first; and again when a
 * session vanished with its outcome unknown.
 * @throws StageError, among them UPLOAD_OUTCOME_UNKNOWN: no second upload is begun
 */
export async function sendRecording(
  videoPath: string,
  metadata: VideoMetadata,
  target: string,
  { youtube, workspace, context }: Channel,
): Promise<{ youtubeId: string; sha256: string }> {
  const { signal, report, store, attempt } = context;
  const sessions = workspaceSessionStore(workspace, target);
  const hash = () => hashFile(videoPath, { signal });

  const findOnChannel = async () => {
    report({ note: 'asking the channel whether it has this recording' });
    const youtubeId = await youtube.findByMark(workspace.videoId, { signal });
    return youtubeId && { youtubeId, sha256: await hash() };
  };

  const session = await sessions.load();
  const { size, mtimeNs } = await stat(videoPath, { bigint: true });
  if (!session) {
    const found = await findOnChannel();
    if (found) return found;
  } else if (session.sent !== 'all' && session.fileModifiedNs !== String(mtimeNs)) {
    // The same recording was copied here anew. Nothing can come of a session that lacks the last byte.
    await sessions.clear();
  }
  try {
    const { id, sha256 } = await youtube.uploadVideo({
      file: videoPath,
      size: Number(size),
      metadata,
      store: sessions,
      signal,
      onProgress: ({ sent, total }) =>
        report({ fraction: sent / total, note: `sent ${megabytes(sent)} of ${megabytes(total)}` }),
      beforeChunk: async () => store.fence.refresh(workspace.videoId, attempt),
    });
    return { youtubeId: id, sha256: sha256 ?? (await hash()) };
  } catch (error) {
    const unknown = error instanceof StageError && error.code === 'UPLOAD_OUTCOME_UNKNOWN';
    const found = unknown && (await findOnChannel());
    if (found) return found;
    throw error;
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
