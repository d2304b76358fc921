import type { Corrections } from '../../domain/corrections.ts';
import type { Privacy } from '../../domain/privacy.ts';
import type { Cost } from '../../domain/quota.ts';
import type { UploadOrder } from '../../domain/upload-order.ts';
import type { PublishTarget } from '../../workspace/ledger.ts';

export interface UploadOptions {
  readonly target: PublishTarget;
  /** Where videos go by then; absent where that cannot change meanwhile. */
  readonly targetNow?: (() => PublishTarget) | undefined;
  readonly club: { readonly hashtags: readonly string[] };
  /** Unless a person corrected it. */
  readonly privacy: Privacy;
  readonly tags: readonly string[];
  readonly madeForKids: boolean;
  readonly syntheticMedia: boolean;
  readonly language: string | undefined;
  /** The time of day, `HH:MM`, at which public videos become public; immediately when absent. */
  readonly publishTime: { readonly at: string; readonly timeZone: string } | undefined;
  readonly playlistPerTournament: boolean;
  /** Per Pacific day. */
  readonly quota: Cost;
  /** How long a new video may be missing from the channel's list. */
  readonly listingLagSeconds: number;
  /** The wait before a failed thumbnail or playlist is retried; doubles. */
  readonly retryPauseSeconds: number;
  /** Recordings in this folder never go to the real YouTube. */
  readonly rehearsalsOnly?: string | undefined;
  readonly corrections?: Corrections | undefined;
  readonly order?: UploadOrder | undefined;
}

export interface Uploaded {
  readonly youtubeId: string;
  readonly watchUrl: string;
  readonly title: string;
  /** What went wrong without preventing the match from being published. */
  readonly warnings: readonly string[];
}
