/** `begun`: somebody has been led into it, and may have changed settings there; both others end it. */
export const firstStartStates = ['begun', 'left', 'done'] as const;
export type FirstStartState = (typeof firstStartStates)[number];

export interface DrawSampleOptions {
  /** Fraction drawn, 0..1. */
  readonly onProgress: (fraction: number) => void;
  readonly signal: AbortSignal;
}

/** Whether this data folder's first start has yet to be led through; the composition root keeps it. */
export interface FirstStartDesk {
  /** Never of a data folder that has videos, or had settings before. */
  isDue(): boolean;
  /** Does nothing if one that is not due is to have `begun`. @throws StageError NEWER_DATA */
  keep(state: FirstStartState): void;
  /**
   * The drawn sample match as a recording of this data folder; its path.
   * @throws StageError DECODER_FAILED when the drawing process fails; the signal's reason when aborted
   */
  drawSample(options: DrawSampleOptions): Promise<string>;
}
