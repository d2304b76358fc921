import { type Measure, measures, type Posture } from './posture.ts';

export type Weights = Readonly<Record<Measure, number>>;

/**
 * Learned from all rated frames and their altered copies: the last line of `node bench/ranking-splits.ts`, whose other
 * lines tell how well weights from one half rank the other.
 */
export const weights: Weights = { stance: 1, lean: 0.5, knees: 0.55, reach: 0.25 };

/** Mean and spread on club matches; they count as much as this many frames of the recording itself. */
const usual: Readonly<Record<Measure, { mean: number; spread: number }>> = {
  stance: { mean: 0.65, spread: 0.28 },
  lean: { mean: 0.12, spread: 0.07 },
  knees: { mean: 0.35, spread: 0.14 },
  reach: { mean: -0.8, spread: 0.15 },
};
const usualCounts = 6;

/**
 * Scores postures within their recording: how much more rally-like they are than the recording's mean posture, in
 * standard deviations.
 */
export function scorePostures(
  postures: readonly (Posture | undefined)[],
  { by = weights }: { by?: Weights | undefined } = {},
): (number | undefined)[] {
  const norm = Math.hypot(...measures.map((measure) => by[measure]));
  return standardPostures(postures).map(
    (posture) => posture && measures.reduce((sum, measure) => sum + by[measure] * posture[measure], 0) / norm,
  );
}

/**
 * Each measure in standard deviations above its mean in the recording: the camera's position affects every measure, so
 * only the difference counts.
 */
export function standardPostures(postures: readonly (Posture | undefined)[]): (Posture | undefined)[] {
  const known = postures.filter((posture) => posture !== undefined);
  const scales = measures.map((measure) => {
    const values = known.map((posture) => posture[measure]);
    return [measure, scaleOf(values, usual[measure])] as const;
  });
  return postures.map((posture) => {
    if (!posture) return undefined;
    return Object.fromEntries(scales.map(([measure, scale]) => [measure, scale(posture[measure])])) as Posture &
      Record<string, number>;
  });
}

function scaleOf(values: readonly number[], { mean, spread }: { mean: number; spread: number }) {
  const count = values.length + usualCounts;
  const centre = (values.reduce((sum, value) => sum + value, 0) + usualCounts * mean) / count;
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  const deviation = Math.sqrt((squares + usualCounts * (spread ** 2 + (mean - centre) ** 2)) / count);
  return (value: number) => (value - centre) / deviation;
}
