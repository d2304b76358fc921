import { StageError } from '../../domain/errors.ts';
import type { Match } from '../../domain/match.ts';
import { findRecording } from '../../stages/find-recording.ts';
import { type ActivityRecord, activityRecord, type PreparedRecord, rankingRecord } from '../../stages/records.ts';
import type { RunningStep } from '../../temporal/client/progress.ts';
import type { VideoSummary } from '../../temporal/client/videos.ts';
import type { ReadOnlyWorkspace } from '../../workspace/workspace.ts';
import { type PresentThumbnail, presentThumbnail } from './present-thumbnail.ts';
import type { StudioParts } from './studio-parts.ts';
import { recordingRecord, workspaceIfAny } from './unprepared.ts';

/** A ranked frame with what the ranking knows about it. */
export interface CandidateView {
  /** 1 is the best. */
  readonly rank: number;
  readonly frame: string;
  /** Seconds from the start of the recording. */
  readonly time: number;
  readonly score: number;
  readonly why: string;
  readonly parts?: {
    readonly activity?: number | undefined;
    readonly players?: number | undefined;
    readonly posture?: number | undefined;
    readonly sharpness: number;
    readonly occlusion: number;
    readonly rally?: number | undefined;
  };
}

/** The activity over time; rejected frames stay in the workspace's `activity.json`. */
export type ShownActivity = Omit<ActivityRecord, 'rejected'>;

/** Everything about one video that its page shows; needs no worker. */
export interface VideoView {
  readonly video: VideoSummary;
  readonly step?: RunningStep;
  /** Absent if this machine cannot read it. */
  readonly recording?: {
    readonly durationSeconds: number;
    readonly width: number;
    readonly height: number;
    readonly frameRate: number;
    readonly codec: string;
    readonly bytes: number;
    /** `YYYY-MM-DD` */
    readonly recordedOn: string;
    /** Whether the recording that was prepared can be found, to take frames from: also where it was put away. */
    readonly isHere: boolean;
  };
  /** The match the file name describes, and other ways to read it. */
  readonly readings: { readonly match?: Match; readonly others: readonly Match[] };
  readonly candidates: readonly CandidateView[];
  readonly activity?: ShownActivity;
  readonly notes: readonly string[];
  /** The finished thumbnail. */
  readonly thumbnail?: Omit<PresentThumbnail, 'file'>;
  /** Why nothing of its files is known here, although another machine has them. */
  readonly unavailable?: { readonly problem: string; readonly action?: string };
}

/** What the files of a video say, on the machine that has them. */
export type FilesView = Omit<VideoView, 'video' | 'step'>;

/** What the files on this machine say; little if it has none. */
export async function viewHere(parts: StudioParts, video: VideoSummary): Promise<FilesView> {
  const workspace = await workspaceIfAny(parts, video);
  const prepared = await recordingRecord(parts, video, workspace);
  const ranking = workspace?.read(rankingRecord);
  const activity = workspace?.read(activityRecord);
  const thumbnail = workspace && shownThumbnail(presentThumbnail(workspace, parts, video));
  return {
    ...(prepared && { recording: await recordingOf(parts, prepared, workspace) }),
    readings: { ...(prepared?.match && { match: prepared.match }), others: prepared?.alternatives ?? [] },
    candidates: (ranking?.candidates ?? []).map(({ rank, frame, time, score, why, parts }) => ({
      ...{ rank, frame, time, score, why },
      ...(parts && { parts }),
    })),
    ...(activity && { activity: shownOf(activity) }),
    notes: ranking?.notes ?? [],
    ...(thumbnail && { thumbnail }),
  };
}

function shownOf({ rejected: _, ...shown }: ActivityRecord): ShownActivity {
  return shown;
}

function shownThumbnail(thumbnail: PresentThumbnail | undefined): VideoView['thumbnail'] {
  if (!thumbnail) return undefined;
  const { file: _, ...shown } = thumbnail;
  return shown;
}

async function recordingOf(
  { store }: StudioParts,
  prepared: PreparedRecord,
  workspace: ReadOnlyWorkspace | undefined,
): Promise<NonNullable<VideoView['recording']>> {
  const { info, recordedOn } = prepared;
  const found = await findRecording(workspace ?? { read: () => undefined }, prepared, store).catch((error) => {
    // A file has no fingerprint while something writes to it.
    if (error instanceof StageError) return undefined;
    throw error;
  });
  const { durationSeconds, width, height, frameRate, codec, sizeBytes: bytes } = info;
  return { durationSeconds, width, height, frameRate, codec, bytes, recordedOn, isHere: found !== undefined };
}
