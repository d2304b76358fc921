import type { Match } from '../../domain/match.ts';
import { buildMetadata } from '../../domain/metadata.ts';
import type { Attempt } from '../../workspace/fence.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import type { VideoMetadata } from '../../youtube/metadata.ts';
import type { YouTube } from '../../youtube/youtube.ts';
import { requireRecord, type StageContext } from '../context.ts';
import { dayOf, matchOf } from '../prepare/index.ts';
import { type PreparedRecord, preparedRecord, publicationRecord } from '../records.ts';
import type { UploadOptions } from './options.ts';

/** One recording on its way to the channel: what every step of its publish receives. */
export interface UploadJob {
  readonly videoPath: string;
  readonly videoId: string;
  readonly prepared: PreparedRecord;
  readonly workspace: Workspace;
  readonly attempt: Attempt;
  readonly options: UploadOptions;
  readonly context: StageContext;
  /**
   * Every call is charged to what the quota ledger promised this video, and refused with SUPERSEDED when a newer
   * attempt holds it.
   */
  readonly youtube: YouTube;
  /** As it will be in the end; when it becomes public is decided last. */
  readonly metadata: VideoMetadata;
  /** As it is published. */
  readonly match: Match;
  readonly tournament: string;
  /** @throws StageError SUPERSEDED */
  requireOurs(): void;
}

/** @throws StageError STAGE_ORDER, METADATA_INVALID */
export async function openJob(
  videoPath: string,
  options: UploadOptions,
  youtube: YouTube,
  context: StageContext,
): Promise<UploadJob> {
  const { store } = context;
  // What goes to the channel has its own lane: a frame may be chosen and drawn while the recording is uploading.
  const attempt: Attempt = { ...context.attempt, lane: 'channel' };
  const workspace = await store.open(videoPath, attempt);
  const { videoId } = workspace;
  const prepared = requireRecord(workspace, preparedRecord, 'prepare');
  const requireOurs = () => store.fence.refresh(videoId, attempt);
  const match = matchOf(prepared, options.corrections);
  const metadata: VideoMetadata = {
    ...buildMetadata({
      match,
      date: prepared.recordedOn,
      videoId,
      club: options.club,
      tags: options.tags,
      privacy: options.privacy,
      corrections: options.corrections,
    }),
    recordingDate: dayOf(prepared, options.corrections),
    madeForKids: options.madeForKids,
    syntheticMedia: options.syntheticMedia,
    language: options.language,
  };
  return {
    videoPath,
    videoId,
    prepared,
    workspace,
    attempt,
    options,
    context,
    youtube: youtube.accountedTo((cost) => {
      requireOurs();
      // Each call is answered, or given up, within minutes.
      context.alive?.();
      store.quota.spend(options.target, cost, videoId);
    }),
    metadata,
    match,
    tournament: match.tournament,
    requireOurs,
  };
}

export const publicationKind = ({ options }: UploadJob) => publicationRecord(options.target);
