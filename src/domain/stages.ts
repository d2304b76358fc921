/** The stages of a video, in order; the last two are outside the sequence. */
export const stages = [
  'PREPARING',
  'RANKING',
  'WAITING_FOR_SELECTION',
  'SELECTING',
  'ENHANCING',
  'UPLOADING',
  'CLEANING_UP',
  'COMPLETED',
  'NEEDS_ATTENTION',
  'CANCELLED',
] as const;

export type Stage = (typeof stages)[number];

/** Whether `stage` comes after `other` in the sequence. */
export function isPast(other: Stage, stage: Stage): boolean {
  return stages.indexOf(stage) > stages.indexOf(other);
}
