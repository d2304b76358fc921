import type { Judged } from './rejected.ts';
import type { Survey } from './survey.ts';

/** A look, as one of the moments to choose from. */
export interface IndexedMoment extends Judged {
  /** Of the look. */
  readonly index: number;
}

/** @param scores of each look */
export function momentsOf({ looks, foregrounds, views }: Survey, scores: readonly number[]): IndexedMoment[] {
  return looks.flatMap((look, index) => {
    const foreground = foregrounds[index];
    if (!foreground) return [];
    const { clear = 0, obstacle } = views[index] ?? {};
    return { index, time: look.time, score: scores[index] ?? 0, clear, obstacle, look, foreground };
  });
}
