import type { Foreground } from './foreground.ts';
import { standardScores } from './standard-scores.ts';
import type { View } from './view.ts';

export interface Rally {
  /** Seconds. */
  readonly start: number;
  readonly end: number;
  /** Mean activity in it, 0 to 1. */
  readonly intensity: number;
}

export interface Activity {
  /** One entry a look, 0 to 1 of the recording's own liveliest stretch: how much of the players' places changes. */
  readonly curve: readonly { readonly time: number; readonly value: number }[];
  /** Empty where movement says nothing, as in a time-lapse. */
  readonly rallies: readonly Rally[];
  /** 0 to 1: how far the curve goes on from look to look, so that it can tell rallies from pauses. */
  readonly trust: number;
}

/** Seconds over which movement is averaged: a rally has lulls, a pause has steps. */
const window = 5;
/** Seconds; shorter stretches are no rally, shorter pauses no pause. */
const shortest = { rally: 4, pause: 3 };
/** Looks further apart than this, in seconds, do not show how movement goes on. */
const widestStep = 4;

/**
 * How much goes on over time: the part of the picture by which the players' silhouettes differ from one look to the
 * next, averaged over some seconds. Looks with a covered view say nothing and are bridged.
 */
export function activityOf(
  times: readonly number[],
  foregrounds: readonly Foreground[],
  views: readonly View[],
): Activity {
  const moved = times.map((_, index) => {
    const seen = (views[index]?.clear ?? 0) >= 0.5 && (views[index - 1]?.clear ?? 0) >= 0.5;
    return seen ? changedShare(foregrounds[index]?.mask, foregrounds[index - 1]?.mask) : undefined;
  });
  const smooth = times.map((time) => {
    const near = moved.filter((value, at) => value !== undefined && Math.abs((times[at] ?? 0) - time) <= window / 2);
    return near.reduce((sum: number, value) => sum + (value ?? 0), 0) / Math.max(1, near.length);
  });
  const most = Math.max(1e-9, ...smooth);
  const curve = times.map((time, index) => ({ time, value: Number(((smooth[index] ?? 0) / most).toFixed(4)) }));
  const trust = continuity(times, moved);
  return { curve, trust, rallies: trust > 0 ? ralliesOf(curve) : [] };
}

function changedShare(mask: Uint8Array | undefined, before: Uint8Array | undefined): number | undefined {
  if (!mask || !before) return undefined;
  let changed = 0;
  for (let pixel = 0; pixel < mask.length; pixel++) if (mask[pixel] !== before[pixel]) changed++;
  return changed / mask.length;
}

/**
 * The correlation of movement with that two looks later (neighbours share a look and are alike in any recording),
 * from 0.15 on; one minute of looks at least, because fewer show correlations by chance.
 */
function continuity(times: readonly number[], moved: readonly (number | undefined)[]): number {
  const steps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  const usualStep = steps.toSorted((a, b) => a - b)[Math.floor(steps.length / 2)] ?? Number.POSITIVE_INFINITY;
  const pairs = moved.flatMap((value, index) => {
    const later = moved[index + 2];
    return value !== undefined && later !== undefined ? [[value, later] as const] : [];
  });
  if (usualStep > widestStep || pairs.length < 60) return 0;
  const first = standardScores(pairs.map(([value]) => value));
  const second = standardScores(pairs.map(([, later]) => later));
  const correlation = first.reduce((sum, value, index) => sum + value * (second[index] ?? 0), 0) / pairs.length;
  return Math.min(1, Math.max(0, (correlation - 0.15) / 0.35));
}

/** Stretches above the level that parts the curve best in two. */
function ralliesOf(curve: Activity['curve']): Rally[] {
  const level = partingLevel(curve.map(({ value }) => value));
  const stretches: { start: number; end: number; values: number[] }[] = [];
  for (const { time, value } of curve) {
    if (value <= level) continue;
    const last = stretches.at(-1);
    if (last && time - last.end <= shortest.pause) {
      last.end = time;
      last.values.push(value);
    } else stretches.push({ start: time, end: time, values: [value] });
  }
  return stretches
    .filter(({ start, end }) => end - start >= shortest.rally)
    .map(({ start, end, values }) => {
      const intensity = values.reduce((sum, value) => sum + value, 0) / values.length;
      return { start, end, intensity: Number(intensity.toFixed(4)) };
    });
}

/** Otsu's threshold: the level between two groups whose means lie furthest apart for their sizes (Otsu, 1979). */
function partingLevel(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const total = sorted.reduce((sum, value) => sum + value, 0);
  let [below, best, level] = [0, -1, 0];
  for (const [index, value] of sorted.slice(0, -1).entries()) {
    below += value;
    const [count, rest] = [index + 1, sorted.length - index - 1];
    const apart = count * rest * (below / count - (total - below) / rest) ** 2;
    if (apart > best) [best, level] = [apart, value];
  }
  return level;
}
