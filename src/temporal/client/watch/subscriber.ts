import type { Trouble } from '../errors.ts';
import type { RunningStep } from '../progress.ts';
import type { VideoSummary } from '../video-summary.ts';

/** Somebody who wants to hear of videos. One that throws harms no other. */
export interface VideoSubscriber {
  /** `running`: of videos that run, and of how each of them ended. `all`: of ended ones too, as long as Temporal keeps them. */
  readonly scope: 'running' | 'all';
  /** Its videos at first, then what has changed. Nothing is told twice. */
  changed(changes: VideoChanges): void;
  /** Of the videos that it looks at, what those that are active are doing; those that changed. */
  progressed?(steps: readonly VideoProgress[]): void;
  /**
   * Temporal cannot be asked for videos, or something else keeps them waiting, told once; undefined when that is over.
   * @param before what was told last
   */
  trouble(problem: Trouble | undefined, before: Trouble | undefined): void;
}

export interface VideoChanges {
  readonly changed: readonly VideoSummary[];
  /** Temporal has nothing of them any more. */
  readonly gone: readonly VideoSummary[];
}

export interface VideoProgress {
  readonly videoId: string;
  /** Null when nothing runs. */
  readonly step: RunningStep | null;
}

export interface Subscription {
  /** Which videos it wants to hear the progress of. */
  look(videoIds: readonly string[]): void;
  end(): void;
}
