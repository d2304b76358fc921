/** Where videos go, and what was only rehearsed; the composition root knows how. */
export interface PublishingDesk {
  /**
   * What becomes of everything when videos go to the other YouTube. Asks YouTube who is signed in, if that is the real
   * one.
   */
  lookAtSwitch(signal: AbortSignal): Promise<SwitchView>;
  /**
   * @param channelId that a person has been told; absent for a rehearsal
   * @throws RequestError 409 if that is not possible, or another channel is signed in by now; StageError
   */
  switchTo(to: Target, channelId: string | undefined, signal: AbortSignal): Promise<void>;
  /** What was rehearsed on this machine and is not on the real YouTube, without asking anybody. */
  rehearsed(): readonly RehearsedView[];
  /** What publishing these takes, and on which channel. @throws StageError */
  quote(videoIds: readonly string[], signal: AbortSignal): Promise<PublishQuote>;
  /** @throws RequestError 409 while rehearsing, or if another channel is signed in; StageError without a sign-in */
  publish(videoIds: readonly string[], channelId: string, signal: AbortSignal): Promise<readonly PublishOutcome[]>;
}

export type Target = 'local' | 'youtube';

export interface SwitchView {
  readonly from: Target;
  readonly to: Target;
  /** Sentences for a person; none if it is not possible. */
  readonly becomes: readonly string[];
  /** Who is signed in to the real YouTube, where videos are to go there. */
  readonly channel?: { readonly id: string; readonly title: string };
  /** Why it is not possible, and what to do. */
  readonly problem?: string;
  /** A sign-in would make it possible. */
  readonly needsSignIn: boolean;
}

export interface RehearsedView {
  readonly videoId: string;
  readonly title: string;
  /** Why it cannot be published. */
  readonly problem?: string;
}

export interface PublishQuote {
  readonly channel: { readonly id: string; readonly title: string };
  /** Which these are: what is published is what was told. */
  readonly videoIds: readonly string[];
  /** What it comes to, for a person: channel, quota, days. */
  readonly comesTo: string;
}

export interface PublishOutcome {
  readonly videoId: string;
  readonly outcome: 'started' | 'joined' | 'published' | 'not-rehearsed' | 'refused';
  /** It was started, and a person chooses the frame. */
  readonly asksForFrame?: true;
  readonly problem?: string;
}
