import { StageError } from '../../domain/errors.ts';
import type { YouTube } from '../../youtube/youtube.ts';
import { requireRecord, type StageContext } from '../context.ts';
import { type PublicationRecord, thumbnailRecord } from '../records.ts';
import { isOnlyForRehearsals, onlyForRehearsals } from '../rehearsal/only-for-rehearsals.ts';
import { openJob, publicationKind, type UploadJob } from './job.ts';
import type { Uploaded, UploadOptions } from './options.ts';
import { publishVideo } from './publish-video.ts';
import { believeRefusals, refusalsEnded, reserveWhatIsLeft } from './quota.ts';
import { sendAgain } from './send-again.ts';
import { sendRecording } from './send-recording.ts';
import { sessionRecord } from './session-record.ts';
import { ofOneCause, signInWorks } from './sign-in-cause.ts';

export type { Uploaded, UploadOptions } from './options.ts';

/**
 * Publishes the recording once: everything goes up private; then the thumbnail and the playlist; the metadata with the
 * wanted visibility comes last, once YouTube has processed the video, and is read back. Each step is recorded as it is
 * done, so that any later attempt resumes from there.
 * @throws StageError of the upload or the metadata; STILL_PROCESSING, QUOTA_EXHAUSTED, UPLOAD_LIMIT_REACHED and
 *   UPLOAD_OUTCOME_UNKNOWN say when to call it again; PROCESSING_FAILED, PUBLISH_NOT_CONFIRMED
 */
export async function uploadVideo(
  videoPath: string,
  options: UploadOptions,
  youtube: YouTube,
  context: StageContext,
): Promise<Uploaded> {
  refuseRehearsed(videoPath, options);
  const job = await openJob(videoPath, options, youtube, context);
  const { store } = context;
  const { target, order = {} } = options;
  const known = store.ledger.find(job.prepared.fingerprint, target);
  if (known) {
    const { youtubeId, watchUrl, title } = known;
    return { youtubeId, watchUrl, title, warnings: [] };
  }
  if (!order.sendOnly) requireRecord(job.workspace, thumbnailRecord, 'enhance');
  if (order.sendAgain !== undefined) await sendAgain(job, order.sendAgain);
  if (order.askAgain) {
    store.quota.allow(target);
    refusalsEnded(job, 'units', 'uploads');
  }
  const release = () => store.quota.release(target, job.videoId);
  try {
    const publication = job.workspace.read(publicationKind(job)) ?? (await send(job));
    // Its address is a secret, and once the video's id is recorded it has served its purpose.
    job.workspace.remove(sessionRecord(target));
    if (order.sendOnly) {
      if (order.early) release();
      const { youtubeId, watchUrl } = publication;
      return { youtubeId, watchUrl, title: job.metadata.title, warnings: [] };
    }
    reserveWhatIsLeft(job, publication);
    const uploaded = await believeRefusals(job, 'units', () => publishVideo(job, publication));
    signInWorks(job);
    refusalsEnded(job, 'units');
    release();
    return uploaded;
  } catch (error) {
    // It may wait for a person for days.
    if (error instanceof StageError && error.remedy === 'fix') release();
    throw ofOneCause(job, error);
  }
}

/** It may have been started in a rehearsal, before videos were sent to the real YouTube. */
function refuseRehearsed(videoPath: string, { target, rehearsalsOnly }: UploadOptions): void {
  if (target === 'local' || !isOnlyForRehearsals(videoPath, rehearsalsOnly)) return;
  throw new StageError('UPLOAD_REJECTED', onlyForRehearsals, { remedy: 'fix', action: 'Cancel its video.' });
}

async function send(job: UploadJob): Promise<PublicationRecord> {
  const { workspace, youtube, metadata, prepared } = job;
  const sent = await sendRecording(job);
  const record: PublicationRecord = {
    ...sent,
    watchUrl: youtube.watchUrl(sent.youtubeId),
    title: metadata.title,
    privacy: 'private',
    bytes: prepared.info.sizeBytes,
    confirmed: false,
    publishedAt: new Date().toISOString(),
  };
  workspace.write(publicationKind(job), record);
  signInWorks(job);
  refusalsEnded(job, 'uploads');
  return record;
}
