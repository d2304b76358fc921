import { type Measure, measures, type Posture } from './posture.ts';

/**
 * Weights by hand, by how far each measure alone told rallies from pauses: stance most, lean and knees half as much,
 * a raised racket a little. They were not fitted: docs/ranking.md has the checks.
 */
const weights: Readonly<Record<Measure, number>> = { stance: 1, lean: 0.5, knees: 0.5, reach: 0.25 };

/** Mean and spread on club matches; they count as much as this many frames of the recording itself. */
const usual: Readonly<Record<Measure, { mean: number; spread: number }>> = {
  stance: { mean: 0.65, spread: 0.28 },
  lean: { mean: 0.12, spread: 0.07 },
  knees: { mean: 0.35, spread: 0.14 },
  reach: { mean: -0.8, spread: 0.15 },
};
const usualCounts = 6;

/**
 * Scores postures within their recording: how much more they are those of a rally than the recording's mean posture,
 * in standard deviations. The camera's place shows in every measure, so only the difference counts.
 */
export function scorePostures(postures: readonly (Posture | undefined)[]): (number | undefined)[] {
  const known = postures.filter((posture) => posture !== undefined);
  const scales = Object.fromEntries(
    measures.map((measure) => {
      const values = known.map((posture) => posture[measure]);
      return [measure, scaleOf(values, usual[measure])];
    }),
  ) as Record<Measure, (value: number) => number>;
  const norm = Math.hypot(...measures.map((measure) => weights[measure]));
  return postures.map(
    (posture) =>
      posture &&
      measures.reduce((sum, measure) => sum + weights[measure] * scales[measure](posture[measure]), 0) / norm,
  );
}

function scaleOf(values: readonly number[], { mean, spread }: { mean: number; spread: number }) {
  const count = values.length + usualCounts;
  const centre = (values.reduce((sum, value) => sum + value, 0) + usualCounts * mean) / count;
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  const deviation = Math.sqrt((squares + usualCounts * (spread ** 2 + (mean - centre) ** 2)) / count);
  return (value: number) => (value - centre) / deviation;
}
