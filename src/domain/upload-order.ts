/** What a person or the workflow asks of an upload beside the usual. */
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
