import { measures, type Posture } from '../src/stages/rank/posture.ts';
import type { Weights } from '../src/stages/rank/posture-score.ts';

/** A posture in standard deviations within its recording, and people's rating of the frame, in the same unit. */
export interface Lesson {
  readonly posture: Posture;
  readonly rating: number;
  /** Its weight in frames: copies of a frame share one. */
  readonly count: number;
}

/**
 * The weights considered possible, with stance at 1: the less the model agrees with itself about a measure when it sees
 * the mirror image, the less that measure counts (correlation 0.96 for stance, 0.92, 0.88 and 0.72 for reach), and none
 * counts against a rally.
 */
const secondary = [0.25, 0.5, 0.75];
const wrists = [0, 0.25, 0.5];
/** Frames of one match are alike: each teaches as much as this fraction of an independent one. */
const worth = 0.25;
/** Finer weights than this would claim more than so few frames can tell. */
const step = 0.05;

/**
 * The mean of all possible weights, each weighted by how likely it makes the ratings: for a straight line through
 * scores and ratings with normal errors, (1 − r²)^(−n/2). With little to learn from it stays near the middle, instead
 * of following a few frames. The same lessons always give the same weights.
 */
export function fitWeights(lessons: readonly Lesson[]): Weights {
  const frames = lessons.reduce((sum, { count }) => sum + count, 0);
  const choices = possible().map((weights) => {
    const missed = Math.max(1e-9, 1 - correlation(lessons, weights) ** 2);
    return { weights, logarithm: -((worth * frames) / 2) * Math.log(missed) };
  });
  const most = Math.max(...choices.map(({ logarithm }) => logarithm));
  const likely = choices.map(({ weights, logarithm }) => ({ weights, likelihood: Math.exp(logarithm - most) }));
  const all = likely.reduce((sum, { likelihood }) => sum + likelihood, 0);
  const rounded = measures.map((measure) => {
    const mean = likely.reduce((sum, { weights, likelihood }) => sum + likelihood * weights[measure], 0) / all;
    return [measure, Number((Math.round(mean / step) * step).toFixed(2))];
  });
  return Object.fromEntries(rounded) as Weights;
}

function possible(): Weights[] {
  return secondary.flatMap((lean) =>
    secondary.flatMap((knees) => wrists.map((reach) => ({ stance: 1, lean, knees, reach }))),
  );
}

function correlation(lessons: readonly Lesson[], weights: Weights): number {
  const scored = lessons.map(({ posture, rating, count }) => {
    return { score: measures.reduce((sum, measure) => sum + weights[measure] * posture[measure], 0), rating, count };
  });
  const sum = (value: (one: (typeof scored)[number]) => number) =>
    scored.reduce((total, one) => total + one.count * value(one), 0);
  const count = sum(() => 1);
  const [score, rating] = [sum((one) => one.score) / count, sum((one) => one.rating) / count];
  const together = sum((one) => (one.score - score) * (one.rating - rating));
  const apart = sum((one) => (one.score - score) ** 2) * sum((one) => (one.rating - rating) ** 2);
  return apart > 0 ? together / Math.sqrt(apart) : 0;
}

export const toldWeights = (weights: Weights) => measures.map((measure) => `${measure} ${weights[measure]}`).join(', ');
