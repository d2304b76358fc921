import type { Corrections } from '../domain/corrections.ts';
import type { NamedHost } from '../domain/find-host.ts';
import type { Look } from '../domain/look.ts';
import type { Match } from '../domain/match.ts';
import type { Candidate } from '../domain/selection.ts';
import type { UploadOrder } from '../domain/upload-order.ts';
import type { SelectionPolicy } from './names.ts';

/** What the worker's configuration says about a video; recorded in the workflow's history when it is accepted. */
export interface VideoSettings {
  readonly topN: number;
  readonly templateName: string;
  readonly selectionTimeoutSeconds: number;
  readonly selectionPolicy: SelectionPolicy;
  readonly heartbeatTimeoutSeconds: number;
  /** How long a task may wait for its machine before the status says so. */
  readonly hostTimeoutSeconds: number;
  readonly retryIntervalSeconds: number;
  readonly retryAttempts: number;
  readonly uploadRetryAttempts: number;
  /** The recording goes up, private, while the person has not chosen yet. */
  readonly uploadEarly: boolean;
  /** Of the club; moments are shown in it. */
  readonly timeZone: string;
  /** Where a person chooses. */
  readonly studioUrl?: string;
}

export interface LiveHosts {
  readonly hosts: readonly NamedHost[];
  /** Names of workers that do not say which machine is theirs. */
  readonly others: readonly string[];
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
  /** Published to the local YouTube. */
  readonly rehearsal: boolean;
  /** What went wrong without keeping the match from being published. */
  readonly warnings?: readonly string[];
}

export interface PreparedVideo {
  readonly videoId: string;
  readonly recording: string;
  readonly durationSeconds: number;
  readonly match: Match;
  /** Day of the recording, YYYY-MM-DD. */
  readonly recordedOn: string;
  /** How the video will be called. */
  readonly title: string;
  /** What a person should look at, such as a name that can be read in two ways. */
  readonly warnings: readonly string[];
  /** The ledger knows this content: it was already published. */
  readonly published?: PublishedVideo;
}

export interface RankedVideo {
  readonly candidates: readonly Candidate[];
  /** Where the ranking is poor, and why. */
  readonly notes: readonly string[];
}

/**
 * The activities as the workflow calls them: strings in, small plain results out, each safe to run twice.
 * `corrections` is what a person corrected so far.
 */
export interface Activities {
  /** Which machines are running, as the server knows. Local: it runs where the workflow does, so in its version. */
  listHostsActivity(taskQueue: string): Promise<LiveHosts>;
  acceptVideoActivity(videoPath: string): Promise<AcceptedVideo>;
  /** Asks the server to cancel the workflow that calls it: a workflow may not cancel itself. */
  cancelOwnVideoActivity(): Promise<void>;
  prepareVideoActivity(videoPath: string, corrections?: Corrections): Promise<PreparedVideo>;
  rankThumbnailsActivity(videoPath: string, topN: number): Promise<RankedVideo>;
  /** Without a frame and a moment: the best candidate. */
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
  /** Gets the recording onto the channel and makes a published match of it; `sendOnly` stops between the two. */
  uploadVideoActivity(videoPath: string, corrections?: Corrections, order?: UploadOrder): Promise<PublishedVideo>;
  cleanupVideoActivity(videoPath: string): Promise<{ readonly movedTo?: string }>;
}
