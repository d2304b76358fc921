import type { PublishTarget } from '../../workspace/ledger.ts';
import type { Store } from '../../workspace/store.ts';
import type { ReadOnlyWorkspace } from '../../workspace/workspace.ts';
import type { StageContext } from '../context.ts';
import { destinationRecord, preparedRecord, publicationRecord } from '../records.ts';

export interface DestinationWish {
  /** Where videos go at the moment. */
  readonly set: PublishTarget;
  /** What distinguishes this run of the video from others. */
  readonly run: string;
  /** Where this run has already sent the recording, as far as it knows. */
  readonly sentTo?: PublishTarget | undefined;
}

/**
 * Where a video is published. Until anything of it is there, that is where videos go at the moment; from then on it stays
 * the same for this run, so that no video is begun on one channel and finished, or taken for published, on another. It
 * is noted before anything is sent.
 */
export async function destinationOf(
  videoPath: string,
  { set, run, sentTo }: DestinationWish,
  { store, attempt }: StageContext,
): Promise<PublishTarget> {
  if (sentTo) return sentTo;
  const workspace = await store.open(videoPath, { ...attempt, lane: 'channel' });
  const { fingerprint } = workspace;
  const noted = workspace.read(destinationRecord);
  const isOurs = noted?.run === run;
  if (isOurs && isBegunOn(noted.target, workspace, fingerprint, store)) return noted.target;
  if (!isOurs || noted.target !== set) workspace.write(destinationRecord, { run, target: set });
  return set;
}

/** Where this run of a video has begun to publish it; undefined while nothing of it is on any channel. */
export function begunOn(
  workspace: Pick<ReadOnlyWorkspace, 'videoId' | 'read'>,
  run: string,
  store: Pick<Store, 'uploads' | 'ledger'>,
): PublishTarget | undefined {
  const noted = workspace.read(destinationRecord);
  const fingerprint = workspace.read(preparedRecord)?.fingerprint;
  if (noted?.run !== run || fingerprint === undefined) return undefined;
  return isBegunOn(noted.target, workspace, fingerprint, store) ? noted.target : undefined;
}

const isBegunOn = (
  target: PublishTarget,
  { videoId, read }: Pick<ReadOnlyWorkspace, 'videoId' | 'read'>,
  fingerprint: string,
  { uploads, ledger }: Pick<Store, 'uploads' | 'ledger'>,
): boolean =>
  read(publicationRecord(target)) !== undefined ||
  uploads.find(videoId, target) !== undefined ||
  ledger.find(fingerprint, target) !== undefined;
