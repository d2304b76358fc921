/** The stages of a video, in their order; the last two stand beside the line. */
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

/** Whether `stage` comes after `other` in the line. */
export function isPast(other: Stage, stage: Stage): boolean {
  return stages.indexOf(stage) > stages.indexOf(other);
}
