import type { Corrections } from '../domain/corrections.ts';
import type { Look } from '../domain/look.ts';
import type { Match } from '../domain/match.ts';
import type { RetryOrder } from '../domain/messages.ts';
import type { Attention, Waiting } from '../domain/next-step.ts';
import type { PublishTarget } from '../domain/publish-target.ts';
import type { Revision } from '../domain/revision.ts';
import type { Candidate, Choice } from '../domain/selection.ts';
import type { Stage } from '../domain/stages.ts';
import type { SelectionPolicy } from '../domain/video-input.ts';
import type { VideoPriority } from '../domain/video-priority.ts';

/** The names on the wire: programs in other languages rely on every string in this file. */
export const workflowType = 'processVideoWorkflow';
/** Asks machines about themselves; it lives for seconds, and is deleted once it has answered. */
export const askHostsWorkflowType = 'askHostsWorkflow';
/** Changes a published video, one revision at a time. */
export const reviseVideoWorkflowType = 'reviseVideoWorkflow';
export const revisionId = (videoId: string) => `revise-${videoId}`;
/** Wakes a revision that waits. */
export const retryRevisionSignal = 'retryRevision';
export const thumbnailSelectedSignalName = 'thumbnailSelectedSignal';
export const selectThumbnailUpdateName = 'selectThumbnail';
export const undoSelectionUpdateName = 'undoSelection';
export const correctMatchUpdateName = 'correctMatch';
/** From the worker that publishes the video, not from a person. */
export const beginPublishingUpdateName = 'beginPublishing';
export const retryStageUpdateName = 'retryStage';
export const statusQueryName = 'getStatusQuery';

/** Search attributes and their Temporal types; registered on the server before the first use. */
export const searchAttributes = {
  BadmintonStage: 'KEYWORD',
  BadmintonRecording: 'KEYWORD',
  BadmintonHost: 'KEYWORD',
  BadmintonStageSince: 'DATETIME',
} as const;

/** The queues of one host: files stay where they are, so their activities run there. */
export const cpuQueue = (taskQueue: string, hostId: string) => `${taskQueue}-cpu@${hostId}`;
export const uploadQueue = (taskQueue: string, hostId: string) => `${taskQueue}-upload@${hostId}`;
/** For long work that no person is waiting for, so that it is not in the way of a video whose frame is chosen. */
export const rankQueue = (taskQueue: string, hostId: string) => `${taskQueue}-rank@${hostId}`;
export const earlyUploadQueue = (taskQueue: string, hostId: string) => `${taskQueue}-early-upload@${hostId}`;
/** Name of the versions of the workflows' workers on the server, which allows neither `.` nor `:` in it. */
export const deploymentName = (taskQueue: string) =>
  encodeURIComponent(taskQueue).replaceAll('.', '%2E').replaceAll('_', '%5F');
/** For questions that a machine answers at once, however busy it is. */
export const questionQueue = (taskQueue: string, hostId: string) => `${taskQueue}-question@${hostId}`;

/** Everything but videoPath has a default, so that a foreign client can start the workflow. */
export interface ProcessVideoInput {
  readonly videoPath: string;
  /** How many candidates to rank. */
  readonly topN?: number;
  readonly templateName?: string;
  /** Id of the host that has the file; without it, every running host is asked. */
  readonly hostId?: string;
  /** Seconds; 0 waits forever. */
  readonly selectionTimeoutSeconds?: number;
  readonly selectionPolicy?: SelectionPolicy;
  /** `normal` by default. A video whose frame is chosen precedes those that are not, whatever their priority. */
  readonly priority?: VideoPriority;
  /** What a person said of the match before it was started, as in `correctMatch`. */
  readonly corrections?: Corrections;
  /** A frame that was chosen before it was started, so that nobody is asked. */
  readonly choice?: Choice;
  /** How its thumbnail looks. */
  readonly look?: Look;
  /**
   * The recording's name does not become a search attribute, which no payload codec encodes. So do our own clients with a
   * codec.
   */
  readonly hidesNames?: boolean;
}

export interface ThumbnailSelected {
  readonly videoPath: string;
  /** A candidate's name; the best one if absent. */
  readonly selectedFrame?: string;
}

/** The argument of the update `selectThumbnail`: a choice, and what goes with it. */
export type SelectThumbnail = Choice & {
  readonly look?: Look;
  /** Seconds before the choice is carried out, during which `undoSelection` takes it back; 0 by default. */
  readonly undoSeconds?: number;
};

export type { Choice, Corrections, Look, RetryOrder, SelectionPolicy, VideoPriority };

/** The answer to `getStatusQuery`. */
export interface VideoStatus {
  readonly stage: Stage;
  readonly videoPath: string;
  readonly videoId: string;
  readonly recording: string;
  readonly title?: string;
  /** YYYY-MM-DD: the date that is published, the recording's own or a corrected one. */
  readonly recordedOn?: string;
  /** ISO 8601: when the stage began. */
  readonly since: string;
  readonly hostName?: string;
  readonly durationSeconds?: number;
  readonly match?: Match;
  readonly candidates?: readonly Candidate[];
  readonly choice?: Choice;
  readonly look?: Look;
  /** ISO 8601: until then the choice can be undone, and is not carried out. */
  readonly undoUntil?: string;
  /** The choice is being carried out, and another one would still be taken. */
  readonly changeable?: boolean;
  readonly corrections: Corrections;
  readonly warnings: readonly string[];
  readonly attention?: Attention;
  /** It sleeps, and resumes automatically. */
  readonly waiting?: Waiting;
  /** Link to the recording on the channel, while it is still private. */
  readonly privateUrl?: string;
  readonly watchUrl?: string;
  readonly rehearsal?: boolean;
  readonly next: string;
}

/** The answer to an update. It stays in the history, so it is short: the query has the rest. */
export type Acknowledgement = Pick<
  VideoStatus,
  'videoId' | 'recording' | 'stage' | 'title' | 'recordedOn' | 'choice' | 'undoUntil' | 'next'
>;

/** The memo `video`: what `list`, `pending` and `status` show; readable without a worker. */
export interface VideoMemo {
  readonly videoPath: string;
  readonly recording: string;
  /** The run with which the video began, and when (ISO 8601): it may have continued in others. */
  readonly firstRunId?: string | undefined;
  readonly startedAt?: string | undefined;
  /** The host that has the recording. */
  readonly hostId?: string | undefined;
  /** That host's name when it last reported. */
  readonly hostName?: string | undefined;
  /** Video id of the prepared content; a foreign client's workflow id may differ from it. */
  readonly contentId?: string | undefined;
  readonly title?: string | undefined;
  /** As it is published. */
  readonly match?: Match | undefined;
  /** YYYY-MM-DD: the date that is published. */
  readonly recordedOn?: string | undefined;
  readonly candidates?: number | undefined;
  /** ISO 8601: a frame was chosen, and the choice can be undone until then. */
  readonly undoUntil?: string | undefined;
  /** The choice is being carried out, and another one would still be taken. */
  readonly changeable?: boolean | undefined;
  readonly warnings?: readonly string[] | undefined;
  readonly attention?: Attention | undefined;
  readonly waiting?: Waiting | undefined;
  /** What the stage is waiting for, if not simply working: its host. */
  readonly note?: string | undefined;
  /** Link to the recording on the channel, while it is still private. */
  readonly privateUrl?: string | undefined;
  readonly watchUrl?: string | undefined;
  readonly rehearsal?: boolean | undefined;
}

/** The input of `reviseVideoWorkflow`. */
export interface ReviseVideoInput {
  readonly videoId: string;
  /** Id of the host that has the video's records. */
  readonly hostId: string;
  readonly revision?: Revision;
  /** Undoes the last revision. */
  readonly putBack?: boolean;
  /** A person has seen the conflicts. */
  readonly force?: boolean;
  /** Only says what is on the channel, and what the revision would come to. */
  readonly look?: boolean;
  /** On which YouTube: the one that was set when a person asked. By default, the one that is set on that machine. */
  readonly target?: PublishTarget;
  readonly settings?: RevisionSettings;
}

/** Of the client that starts it. */
export interface RevisionSettings {
  readonly heartbeatTimeoutSeconds: number;
  readonly retryIntervalSeconds: number;
  readonly retryAttempts: number;
}

/** The memo `revision` of a revision. */
export interface RevisionMemo {
  /** It waits, and continues automatically. */
  readonly waiting?: Waiting | undefined;
  /** Once it has ended: what the channel showed then. The memo of the video's own run, which has ended, cannot change. */
  readonly shown?: { readonly watchUrl: string; readonly title: string } | undefined;
}

export interface VideoResult {
  readonly videoId: string;
  readonly stage: Stage;
  readonly title: string;
  readonly youtubeId: string;
  readonly watchUrl: string;
  readonly rehearsal: boolean;
  /** The same content had already been published, so nothing was sent. */
  readonly publishedBefore: boolean;
  /** Path of the thumbnail; absent if `publishedBefore`. */
  readonly thumbnail?: string;
  readonly movedTo?: string;
  /** Seconds spent in each stage. */
  readonly stageSeconds: Partial<Record<Stage, number>>;
}
