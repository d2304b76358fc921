/** `begun`: somebody has been led into it, and may have changed settings there; both others end it. */
export const firstStartStates = ['begun', 'left', 'done'] as const;
export type FirstStartState = (typeof firstStartStates)[number];

/** Whether this data folder's first start has yet to be led through; the composition root keeps it. */
export interface FirstStartDesk {
  /** Never of a data folder that has videos, or had settings before. */
  isDue(): boolean;
  /** @throws StageError NEWER_DATA */
  keep(state: FirstStartState): void;
}
