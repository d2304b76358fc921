import type { Foreground } from './foreground.ts';
import { findRallies, type Rallies } from './rallies.ts';
import { standardScores } from './standard-scores.ts';
import { clearEnough, type View } from './view.ts';

export interface Activity extends Rallies {
  /**
   * One entry a look, 0 to 1 of the recording's own liveliest stretch: how much the players' positions change;
   * undefined behind a covered view.
   */
  readonly curve: readonly { readonly time: number; readonly value: number | undefined }[];
  /** 0 to 1: how continuous the curve is from look to look, so that it can tell rallies from pauses. */
  readonly trust: number;
}

/** Seconds over which movement is averaged: a rally has lulls, a pause has steps. */
const window = 5;
/** Looks further apart than this, in seconds, do not show how movement continues. */
const widestStep = 4;

const noRallies: Rallies = { rallies: [], none: 'Movement does not separate rallies from pauses in this recording.' };

/**
 * Activity over time: the fraction of the picture by which the players' silhouettes differ from one look to the next,
 * averaged over a few seconds. Looks with a covered view carry no information and are bridged.
 */
export function activityOf(
  times: readonly number[],
  foregrounds: readonly Foreground[],
  views: readonly View[],
): Activity {
  const moved = times.map((_, index) => {
    const seen = (views[index]?.clear ?? 0) >= clearEnough && (views[index - 1]?.clear ?? 0) >= clearEnough;
    return seen ? changedShare(foregrounds[index]?.mask, foregrounds[index - 1]?.mask) : undefined;
  });
  const smooth = times.map((time) => {
    const near = moved.filter((value, at) => value !== undefined && Math.abs((times[at] ?? 0) - time) <= window / 2);
    return near.length > 0 ? near.reduce((sum: number, value) => sum + (value ?? 0), 0) / near.length : undefined;
  });
  const most = smooth.reduce<number>((largest, value) => Math.max(largest, value ?? 0), 1e-9);
  const curve = times.map((time, index) => {
    const value = smooth[index];
    return { time, value: value === undefined ? undefined : Number((value / most).toFixed(4)) };
  });
  const goesOn = continuity(times, moved);
  return { curve, trust: goesOn ?? 0, ...(goesOn === 0 ? noRallies : findRallies(curve)) };
}

function changedShare(mask: Uint8Array | undefined, before: Uint8Array | undefined): number | undefined {
  if (!mask || !before) return undefined;
  let changed = 0;
  for (let pixel = 0; pixel < mask.length; pixel++) if (mask[pixel] !== before[pixel]) changed++;
  return changed / mask.length;
}

/**
 * The correlation of movement with the movement two looks later (neighbours share a look and are alike in any
 * recording), from 0.15 upwards; undefined for less than a minute of looks, because a few show correlations by chance.
 */
function continuity(times: readonly number[], moved: readonly (number | undefined)[]): number | undefined {
  const steps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  const usualStep = steps.toSorted((a, b) => a - b)[Math.floor(steps.length / 2)] ?? Number.POSITIVE_INFINITY;
  const pairs = moved.flatMap((value, index) => {
    const later = moved[index + 2];
    return value !== undefined && later !== undefined ? [[value, later] as const] : [];
  });
  if (pairs.length < 60) return undefined;
  if (usualStep > widestStep) return 0;
  const first = standardScores(pairs.map(([value]) => value));
  const second = standardScores(pairs.map(([, later]) => later));
  const correlation = first.reduce((sum, value, index) => sum + value * (second[index] ?? 0), 0) / pairs.length;
  return Math.min(1, Math.max(0, (correlation - 0.15) / 0.35));
}
