import { StageError } from '../../domain/errors.ts';
import { type PublishTarget, publishTargets } from '../../domain/publish-target.ts';
import type { Store } from '../../workspace/store.ts';
import type { ReadOnlyWorkspace } from '../../workspace/workspace.ts';
import type { StageContext } from '../context.ts';
import { destinationRecord, preparedRecord, publicationRecord } from '../records.ts';
import type { UploadJob } from './job.ts';
import { sessionRecord } from './session-record.ts';

export interface DestinationWish {
  /** Where videos go at the moment. */
  readonly set: PublishTarget;
  /** What distinguishes this run of the video from others. */
  readonly run: string;
  /** Where this run has already sent the recording, as far as it knows. */
  readonly sentTo?: PublishTarget | undefined;
  /** A person ordered it to be sent again: to where they looked. */
  readonly isSentAgain?: boolean;
}

/**
 * Where a video is published. Until anything of it is there, that is where videos go at the moment; from then on it stays
 * the same for this run, so that no video is begun on one channel and finished, or taken for published, on another. It
 * is noted before anything is sent.
 */
export async function destinationOf(
  videoPath: string,
  { set, run, sentTo, isSentAgain = false }: DestinationWish,
  { store, attempt }: StageContext,
): Promise<PublishTarget> {
  if (sentTo) return sentTo;
  const workspace = await store.open(videoPath, { ...attempt, lane: 'channel' });
  const { fingerprint, videoId } = workspace;
  const noted = workspace.read(destinationRecord);
  const isOurs = noted?.run === run;
  if (isOurs && (isSentAgain || isBegunOn(noted.target, workspace, fingerprint, store))) return noted.target;
  const target = noted ? set : (begunBefore(workspace, fingerprint, store) ?? set);
  // What it has reserved where it no longer goes is free for others.
  if (noted && noted.target !== target) store.quota.release(noted.target, videoId);
  if (!isOurs || noted.target !== target) workspace.write(destinationRecord, { run, target });
  return target;
}

/**
 * Where this run of a video has begun to publish it; undefined while nothing of it is on any channel.
 * @throws StageError RECORD_INVALID, NEWER_DATA
 */
export function begunOn(
  workspace: Pick<ReadOnlyWorkspace, 'videoId' | 'read'>,
  run: string,
  store: Pick<Store, 'uploads' | 'ledger'>,
): PublishTarget | undefined {
  const noted = workspace.read(destinationRecord);
  const fingerprint = workspace.read(preparedRecord)?.fingerprint;
  if (fingerprint === undefined) return undefined;
  if (!noted) return begunBefore(workspace, fingerprint, store);
  if (noted.run !== run) return undefined;
  return isBegunOn(noted.target, workspace, fingerprint, store) ? noted.target : undefined;
}

/**
 * To be called before a session is opened or kept: hashing, the channel's answer and quota may have taken a while.
 * @throws StageError UPLOAD_INTERRUPTED if videos go elsewhere by now and nothing of this one is here: the next attempt
 *   follows
 */
export function requireDestination({ workspace, prepared, options, context }: UploadJob): void {
  const { target, targetNow, order = {} } = options;
  if (targetNow === undefined || order.target !== undefined || order.sendAgain !== undefined) return;
  if (targetNow() === target || isBegunOn(target, workspace, prepared.fingerprint, context.store)) return;
  throw new StageError(
    'UPLOAD_INTERRUPTED',
    'Where videos go has been changed, and nothing of this one has been sent yet.',
    { remedy: 'retry', action: 'Nothing to do: it is sent to where videos go now.' },
  );
}

type Records = Pick<ReadOnlyWorkspace, 'videoId' | 'read'>;

/**
 * Earlier versions noted no destination: a video that is half published stays where that is. What the ledger lists was
 * finished by an earlier run.
 */
function begunBefore(
  workspace: Records,
  fingerprint: string,
  store: Pick<Store, 'uploads' | 'ledger'>,
): PublishTarget | undefined {
  const [only, ...others] = publishTargets.filter(
    (target) => !store.ledger.find(fingerprint, target) && isBegunOn(target, workspace, fingerprint, store),
  );
  return others.length === 0 ? only : undefined;
}

const isBegunOn = (
  target: PublishTarget,
  { videoId, read }: Records,
  fingerprint: string,
  { uploads, ledger }: Pick<Store, 'uploads' | 'ledger'>,
): boolean =>
  read(publicationRecord(target)) !== undefined ||
  read(sessionRecord(target)) !== undefined ||
  uploads.find(videoId, target) !== undefined ||
  ledger.find(fingerprint, target) !== undefined;
