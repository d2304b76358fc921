import type { Corrections } from '../../domain/corrections.ts';
import type { Cost } from '../../domain/quota.ts';
import type { PublishTarget } from '../../workspace/ledger.ts';
import type { Privacy } from '../../youtube/metadata.ts';

/** What a person or the workflow asks for beside the usual. */
export interface UploadOrder {
  /** Only get the recording onto the channel, private; what it still needs stays promised to it. */
  readonly sendOnly?: boolean;
  /** The rest may be days away: what it still needs is promised to others meanwhile. */
  readonly early?: boolean;
  /**
   * A person looked: the upload whose outcome is unknown, or the video that could not be published, is not on the channel.
   * What tells this order from others: it is followed once, however often the stage is run with it.
   */
  readonly sendAgain?: string;
  /** A person does not want to wait: YouTube is asked again, whatever it said last. */
  readonly askAgain?: boolean;
}

export interface UploadOptions {
  readonly target: PublishTarget;
  readonly club: { readonly hashtags: readonly string[] };
  /** Unless a person corrected it. */
  readonly privacy: Privacy;
  readonly tags: readonly string[];
  readonly madeForKids: boolean;
  readonly syntheticMedia: boolean;
  readonly language: string | undefined;
  /** At which time of the day, `HH:MM`, public videos become public; at once when absent. */
  readonly publishTime: { readonly at: string; readonly timeZone: string } | undefined;
  readonly playlistPerTournament: boolean;
  /** Per Pacific day. */
  readonly quota: Cost;
  /** How long a new video may be missing from the channel's list. */
  readonly listingLagSeconds: number;
  /** Before a failed thumbnail or playlist is tried again; doubles. */
  readonly retryPauseSeconds: number;
  readonly corrections?: Corrections | undefined;
  readonly order?: UploadOrder | undefined;
}

export interface Uploaded {
  readonly youtubeId: string;
  readonly watchUrl: string;
  readonly title: string;
  /** What went wrong without keeping the match from being published. */
  readonly warnings: readonly string[];
}
