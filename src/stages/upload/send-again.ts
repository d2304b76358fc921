import { StageError } from '../../domain/errors.ts';
import { publicationKind, type UploadJob } from './job.ts';
import { sessionRecord } from './session-record.ts';

/**
 * A person looked at the channel: the recording is not there, so it may be sent again. Forgets an upload whose outcome
 * is unknown, and a video that has been deleted since. Anything else is left as it is, and each order is followed once:
 * the outcome of what is sent after it may become unknown too.
 * @param order what distinguishes this order from others
 * @throws StageError PUBLISH_NOT_CONFIRMED: the channel still shows the video
 */
export async function sendAgain(job: UploadJob, order: string): Promise<void> {
  const { videoId, workspace, youtube, options, context } = job;
  const { uploads, ledger } = context.store;
  const { target } = options;
  if (uploads.lastOrder(videoId, target) === order || ledger.find(job.prepared.fingerprint, target)) return;
  const publication = workspace.read(publicationKind(job));
  if (publication) {
    const shown = await youtube.getVideo(publication.youtubeId, { signal: context.signal });
    if (shown) throw stillThere(publication.watchUrl, videoId);
    workspace.remove(publicationKind(job));
  }
  const isOver = publication !== undefined || uploads.find(videoId, target)?.unknownSince !== undefined;
  if (isOver) workspace.remove(sessionRecord(target));
  uploads.follow(videoId, target, order, isOver);
}

function stillThere(watchUrl: string, videoId: string): StageError {
  return new StageError('PUBLISH_NOT_CONFIRMED', `${watchUrl} is still on the channel, so nothing is sent again.`, {
    remedy: 'fix',
    action: `Delete it in YouTube Studio first, then: npx badminton retry ${videoId} --send-again`,
  });
}
