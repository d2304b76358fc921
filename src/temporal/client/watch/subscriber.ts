import type { Trouble } from '../errors.ts';
import type { RunningStep } from '../progress.ts';
import type { VideoSummary } from '../video-summary.ts';

/** Receives news of videos. One that throws does not affect the others. */
export interface VideoSubscriber {
  /** `running`: running videos, and how each of them ends. `all`: also ended ones, as long as Temporal keeps them. */
  readonly scope: 'running' | 'all';
  /** All its videos at first, then only changes. Nothing is reported twice. */
  changed(changes: VideoChanges): void;
  /** What the active ones among the videos it looks at are doing; only changes. */
  progressed?(steps: readonly VideoProgress[]): void;
  /**
   * Temporal cannot be queried, or something else keeps videos waiting. Reported once; undefined when it is over.
   * @param before what was last reported
   */
  trouble(problem: Trouble | undefined, before: Trouble | undefined): void;
}

export interface VideoChanges {
  readonly changed: readonly VideoSummary[];
  /** Videos that Temporal no longer has. */
  readonly gone: readonly VideoSummary[];
}

export interface VideoProgress {
  readonly videoId: string;
  /** Null if nothing runs. */
  readonly step: RunningStep | null;
}

export interface Subscription {
  /** Sets the videos whose progress it wants to hear of. */
  look(videoIds: readonly string[]): void;
  end(): void;
}
