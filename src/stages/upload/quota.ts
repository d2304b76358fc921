import { StageError } from '../../domain/errors.ts';
import { type Cost, plus } from '../../domain/quota.ts';
import { refusalCause } from '../../workspace/causes.ts';
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

const oneDay = 24 * 3_600_000;
const daysOfPatience = 3;
/** Refusals further apart are not one: nobody has tried in between. */
const forgottenAfter = 2 * oneDay;

/** Work whose calls are charged to a target. */
export type Charged = Pick<UploadJob, 'context'> & { readonly options: Pick<UploadJob['options'], 'target'> };

/**
 * Runs calls; when YouTube itself says that its quota or the channel's limit is used up, nobody else needs to ask.
 * @throws what `calls` throw; what they would wait for too long becomes something for a person
 */
export async function believeRefusals<T>(job: Charged, bucket: Bucket, calls: () => Promise<T>): Promise<T> {
  const { options, context } = job;
  try {
    return await calls();
  } catch (error) {
    if (!(error instanceof StageError) || error.notBefore === undefined) throw error;
    const isRefusal = ['QUOTA_EXHAUSTED', 'UPLOAD_LIMIT_REACHED'].includes(error.code);
    if (isRefusal) context.store.quota.refuse(options.target, bucket, error.notBefore);
    throw isRefusal || error.code === 'UPLOAD_INTERRUPTED' ? notForEver(job, bucket, error) : error;
  }
}

/** What waits for YouTube day after day would do so for ever, without a word: after a few days a person is told, once. */
function notForEver({ context, options }: Charged, bucket: Bucket, error: StageError): StageError {
  const failingSince = context.store.causes.failed(refusalCause(options.target, bucket), forgottenAfter);
  const days = Math.floor((Date.now() - failingSince) / oneDay);
  if (days < daysOfPatience) return error;
  return new StageError(error.code, `${error.message} It has been so for ${days} days.`, {
    remedy: 'fix',
    action: `${whatToSee(error)} Then retry: it waits for ${daysOfPatience} more days.`,
    failingSince,
    cause: error,
  });
}

const whatToSee = ({ code }: StageError) =>
  code === 'UPLOAD_INTERRUPTED'
    ? 'YouTube keeps asking to be left alone for a while: see whether it reports trouble.'
    : 'See in YouTube Studio what the channel may do, and in the Google Cloud console what quota its project has.';

/** YouTube has done what it refused, or a person wants to wait anew. */
export function refusalsEnded({ context, options }: Charged, ...buckets: readonly Bucket[]): void {
  for (const bucket of buckets) context.store.causes.ended(refusalCause(options.target, bucket));
}
