import type { PublishTarget } from './publish-target.ts';

/** What a person or the workflow asks of an upload, apart from the usual. */
export interface UploadOrder {
  /** Only get the recording onto the channel, private; the quota it still needs stays reserved for it. */
  readonly sendOnly?: boolean;
  /** The rest may be days away: the quota it still needs is available to others meanwhile. */
  readonly early?: boolean;
  /**
   * A person looked: the upload whose outcome is unknown, or the video that could not be published, is not on the
   * channel. Identifies this order among others: it is followed once, however often the stage is run with it.
   */
  readonly sendAgain?: string;
  /** What distinguishes this run of a video from others, however often its workflow continues as a new one. */
  readonly run?: string;
  /** Where this run has already sent the recording. */
  readonly target?: PublishTarget;
  /** A person does not want to wait: ask YouTube again, whatever it said last. */
  readonly askAgain?: boolean;
}
