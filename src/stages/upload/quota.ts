import { StageError } from '../../domain/errors.ts';
import { type Cost, plus } from '../../domain/quota.ts';
import type { Bucket } from '../../workspace/quota-ledger.ts';
import { callCosts } from '../../youtube/quota-costs.ts';
import type { PublicationRecord } from '../records.ts';
import type { UploadJob } from './job.ts';

/**
 * Reserves everything the video still needs, so that it is never stranded half published for lack of quota.
 * @param publication absent before the recording is on the channel
 * @throws StageError QUOTA_EXHAUSTED, UPLOAD_LIMIT_REACHED: with the time of its turn
 */
export function reserveWhatIsLeft(
  job: UploadJob,
  publication: PublicationRecord | undefined,
  hasSession = false,
): void {
  const { options, context, videoId } = job;
  const isUnderWay = publication !== undefined || hasSession;
  const upload = isUnderWay ? [] : [callCosts['videos.insert']];
  const wanted = [...upload, ...stepsLeft(job, publication)].reduce<Cost>(plus, callCosts['videos.list']);
  context.store.quota.reserve(options.target, videoId, wanted, options.quota, isUnderWay);
}

function stepsLeft({ options, context, tournament }: UploadJob, publication: PublicationRecord | undefined): Cost[] {
  const isListed = publication?.playlistId !== undefined;
  const isKnown = context.store.playlists.find(tournament, options.target)?.playlistId !== undefined;
  return [
    ...(publication?.thumbnailSet === undefined ? [callCosts['thumbnails.set']] : []),
    ...(options.playlistPerTournament && !isListed ? [callCosts['playlistItems.insert']] : []),
    ...(options.playlistPerTournament && !isListed && !isKnown ? [callCosts['playlists.insert']] : []),
    callCosts['videos.update'],
  ];
}

/** Runs calls; when YouTube itself says that its quota or the channel's limit is used up, nobody else needs to ask. */
export async function believeRefusals<T>(
  { options, context }: UploadJob,
  bucket: Bucket,
  calls: () => Promise<T>,
): Promise<T> {
  try {
    return await calls();
  } catch (error) {
    const isRefusal = error instanceof StageError && ['QUOTA_EXHAUSTED', 'UPLOAD_LIMIT_REACHED'].includes(error.code);
    if (isRefusal && error.notBefore !== undefined) {
      context.store.quota.refuse(options.target, bucket, error.notBefore);
    }
    throw error;
  }
}
