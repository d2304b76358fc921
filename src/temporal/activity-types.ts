import type { Corrections } from '../domain/corrections.ts';
import type { NamedHost } from '../domain/find-host.ts';
import type { Look } from '../domain/look.ts';
import type { Match } from '../domain/match.ts';
import type { DrawnRevision, DrawOrder, RevisionOrder } from '../domain/revision-order.ts';
import type { RevisionReport } from '../domain/revision-report.ts';
import type { Candidate } from '../domain/selection.ts';
import type { UploadOrder } from '../domain/upload-order.ts';
import type { SelectionPolicy } from './names.ts';

/** The worker's settings for a video; recorded in the workflow's history when the video is accepted. */
export interface VideoSettings {
  readonly topN: number;
  readonly templateName: string;
  readonly selectionTimeoutSeconds: number;
  readonly selectionPolicy: SelectionPolicy;
  readonly heartbeatTimeoutSeconds: number;
  /** For workflows of an earlier version, which count how long a task waits for its machine. */
  readonly hostTimeoutSeconds: number;
  readonly retryIntervalSeconds: number;
  readonly retryAttempts: number;
  readonly uploadRetryAttempts: number;
  /** Whether the recording is uploaded, as private, before a person has chosen. */
  readonly uploadEarly: boolean;
  /** The club's; times are shown in it. */
  readonly timeZone: string;
  /** Where a person chooses. */
  readonly studioUrl?: string;
  /** The machine takes rankings and early uploads from queues of their own; an earlier version of the program does not. */
  readonly hasLongQueues?: boolean;
  /** The machine encodes payloads, so no search attribute names the recording. */
  readonly hidesNames?: boolean;
}

export interface LiveHosts {
  readonly hosts: readonly NamedHost[];
  /** Names of workers that do not say which machine is theirs. */
  readonly others: readonly string[];
}

/** What a machine says of itself. */
export interface HostFacts {
  /** Name of its program's version on the server. */
  readonly buildId: string;
  /** ISO 8601: when its program was started. */
  readonly startedAt: string;
  /** Bytes that can still be written to the disk of its data folder. */
  readonly freeBytes: number;
  /** Where its studio answers other machines, as `ADDRESS:PORT`; empty if it does not. Absent in earlier versions. */
  readonly studioAddresses?: readonly string[];
}

export interface AcceptedVideo {
  readonly hostId: string;
  readonly hostName: string;
  readonly settings: VideoSettings;
}

export interface PublishedVideo {
  readonly youtubeId: string;
  readonly watchUrl: string;
  readonly title: string;
  /** Whether it was published to the local YouTube. */
  readonly rehearsal: boolean;
  /** What went wrong without preventing publication. */
  readonly warnings?: readonly string[];
}

export interface PreparedVideo {
  readonly videoId: string;
  readonly recording: string;
  readonly durationSeconds: number;
  readonly match: Match;
  /** Day the recording was made, YYYY-MM-DD. */
  readonly recordedOn: string;
  /** The title the video will get. */
  readonly title: string;
  /** What a person should check, such as a name that can be read in two ways. */
  readonly warnings: readonly string[];
  /** Present when the ledger shows that this content was already published. */
  readonly published?: PublishedVideo;
}

export interface RankedVideo {
  readonly candidates: readonly Candidate[];
  /** Where the ranking is weak, and why. */
  readonly notes: readonly string[];
}

/**
 * The activities as the workflow calls them: strings in, small plain results out, each safe to run twice.
 * `corrections` holds everything a person has corrected so far.
 */
export interface Activities {
  /** Which machines are running, as the server knows. Local: it runs where the workflow does, so in its version. */
  listHostsActivity(taskQueue: string): Promise<LiveHosts>;
  /** Whether an upload of the calling workflow is running, rather than waiting for its turn or its next try. Local. */
  hasUploadBegunActivity(): Promise<boolean>;
  acceptVideoActivity(videoPath: string): Promise<AcceptedVideo>;
  describeHostActivity(): Promise<HostFacts>;
  /** Asks the server to cancel the calling workflow, which cannot cancel itself. */
  cancelOwnVideoActivity(): Promise<void>;
  prepareVideoActivity(videoPath: string, corrections?: Corrections): Promise<PreparedVideo>;
  rankThumbnailsActivity(videoPath: string, topN: number): Promise<RankedVideo>;
  /** Without a frame or a moment, takes the best candidate. */
  selectThumbnailActivity(
    videoPath: string,
    selectedFrame?: string | undefined,
    atSeconds?: number,
  ): Promise<{ readonly frame: string; readonly time: number }>;
  enhanceThumbnailActivity(
    videoPath: string,
    templateName: string,
    corrections?: Corrections,
    look?: Look,
  ): Promise<{ readonly file: string; readonly warnings: readonly string[] }>;
  /** Uploads the recording, then publishes it; with `sendOnly` in the order, only uploads it, as private. */
  uploadVideoActivity(videoPath: string, corrections?: Corrections, order?: UploadOrder): Promise<PublishedVideo>;
  /** What the channel shows, and what a revision would come to; changes nothing. */
  lookAtPublishedActivity(videoId: string, order: RevisionOrder): Promise<RevisionReport>;
  drawRevisionActivity(videoId: string, order: DrawOrder): Promise<DrawnRevision>;
  /** Changes a published video; safe to run twice with the same id in the order. */
  reviseVideoActivity(videoId: string, order: RevisionOrder): Promise<RevisionReport>;
  /** The order says where the video was published. */
  cleanupVideoActivity(
    videoPath: string,
    order?: Pick<UploadOrder, 'run' | 'target'>,
  ): Promise<{ readonly movedTo?: string }>;
}
