import { stat } from 'node:fs/promises';
import { StageError } from '../../domain/errors.ts';
import { hashFile } from '../../youtube/resumable/index.ts';
import { askLater, folderTooNew } from './ask-later.ts';
import { requireDestination } from './destination.ts';
import type { UploadJob } from './job.ts';
import { believeRefusals, reserveWhatIsLeft } from './quota.ts';
import { sessionStore } from './session-record.ts';

interface OnChannel {
  readonly youtubeId: string;
  readonly sha256: string;
}

/**
 * Gets the recording onto the channel, once. Without a session on record the channel is searched for the id tag
 * first, and again when a session vanished with its outcome unknown. Only if it is certain that no complete upload
 * can have left this machine is an empty search enough to begin one.
 * @throws StageError, among them UPLOAD_OUTCOME_UNKNOWN: no second upload is begun
 */
export async function sendRecording(job: UploadJob): Promise<OnChannel> {
  const { videoPath, videoId, youtube, options, context } = job;
  const { store, signal, report } = context;
  const sessions = sessionStore(job, () => requireDestination(job));
  const file = await requireUnchanged(job);
  const hash = () =>
    hashFile(videoPath, { signal, onProgress: (fraction) => report({ fraction, note: 'hashing the recording' }) });

  const findOnChannel = async (anew: boolean): Promise<OnChannel | undefined> => {
    report({ note: 'asking the channel whether it has this recording' });
    const youtubeId = await believeRefusals(job, 'units', () => youtube.findByIdTag(videoId, { signal, anew }));
    return youtubeId === undefined ? undefined : { youtubeId, sha256: await hash() };
  };
  const unknown = () =>
    askLater(videoId, store.uploads.outcomeUnknown(videoId, options.target, Date.now()), Date.now());

  const session = await sessions.load();
  if (!session) {
    const begun = store.uploads.find(videoId, options.target);
    const found = await findOnChannel(begun?.sent === 'all' || options.order?.sendAgain !== undefined);
    if (found) return found;
    if (begun?.sent === 'all') throw unknown();
    const listedBy = store.createdAt + options.listingLagSeconds * 1000;
    if (!begun && Date.now() < listedBy) throw folderTooNew(listedBy);
  } else if (session.sent !== 'all' && session.fileModifiedNs !== String(file.mtimeNs)) {
    // The same recording was copied here again. A session that lacks the last byte cannot become a video.
    await sessions.clear();
  }
  requireDestination(job);
  reserveWhatIsLeft(job, undefined, session !== undefined);
  try {
    const { id, sha256 } = await believeRefusals(job, 'uploads', () =>
      youtube.uploadVideo({
        file: videoPath,
        size: Number(file.size),
        metadata: { ...job.metadata, privacy: 'private' },
        store: sessions,
        signal,
        onProgress: ({ sent, total }) =>
          report({ fraction: sent / total, note: `sent ${megabytes(sent)} of ${megabytes(total)}` }),
        beforeChunk: async () => {
          job.requireOurs();
          context.alive?.();
          store.quota.touch(options.target, videoId);
        },
      }),
    );
    return { youtubeId: id, sha256: sha256 ?? (await hash()) };
  } catch (error) {
    if (!(error instanceof StageError) || error.code !== 'UPLOAD_OUTCOME_UNKNOWN') throw error;
    const later = unknown();
    const found = await findOnChannel(true);
    if (found) return found;
    throw later;
  }
}

async function requireUnchanged({ videoPath, videoId, prepared }: UploadJob) {
  const present = await stat(videoPath, { bigint: true }).catch(() => undefined);
  if (present && Number(present.size) === prepared.info.sizeBytes) return present;
  const problem = present ? `has changed since ${videoId} was prepared` : 'is gone';
  throw new StageError(present ? 'FILE_CHANGED' : 'FILE_MISSING', `${videoPath} ${problem}.`, {
    remedy: 'fix',
    action: 'Put the recording back as it was, then retry.',
  });
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
