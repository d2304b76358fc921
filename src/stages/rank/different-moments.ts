import type { Foreground } from './foreground.ts';
import type { Miniature } from './miniature.ts';
import { clearEnough } from './view.ts';

/** Seconds beyond which two frames are different moments in any case; short recordings cannot demand this much. */
const longGap = 8;
/** Seconds; closer frames show one moment. */
const leastGap = 0.05;
/** Luma difference that noise does not reach. */
const difference = 22;
/** Two pictures of players who have not moved differ by less than this fraction of the players' area. */
const sameShare = 0.35;

export interface Moment {
  /** Seconds. */
  readonly time: number;
  readonly score: number;
  /** 0 to 1: how clear the view is. */
  readonly clear: number;
  readonly look: Miniature;
  readonly foreground: Foreground;
}

/**
 * Picks the `count` best that are different moments: apart in time, and with a different picture where the players are.
 * If the recording does not have enough of them, they may be closer in time, then not clearly visible, then alike.
 */
export function differentMoments<T extends Moment>(frames: readonly T[], count: number): T[] {
  const best = frames.toSorted((a, b) => b.score - a.score || a.time - b.time);
  const times = frames.map(({ time }) => time);
  const longest = Math.min(longGap, (Math.max(...times) - Math.min(...times)) / (count * 10));
  const areAlike = comparedOnce();
  const picked: T[] = [];
  const pick = (pool: readonly T[], isNew: (one: T, other: T) => boolean) => {
    for (const frame of pool) {
      if (picked.length >= count) return;
      if (picked.every((other) => other !== frame && isNew(frame, other))) picked.push(frame);
    }
  };
  for (const pool of [best.filter(({ clear }) => clear >= clearEnough), best]) {
    for (let gap = longest; gap >= leastGap; gap /= 2) {
      pick(pool, (one, other) => Math.abs(one.time - other.time) >= gap && !areAlike(one, other));
    }
  }
  pick(best, () => true);
  return picked.sort((a, b) => b.score - a.score || a.time - b.time);
}

/** Remembers each comparison: the same frames are gone through for every gap. */
function comparedOnce(): typeof looksAlike {
  const known = new Map<Moment, Map<Moment, boolean>>();
  return (a, b) => {
    const others = known.get(b) ?? new Map<Moment, boolean>();
    known.set(b, others);
    const isAlike = others.get(a) ?? looksAlike(a, b);
    others.set(a, isAlike);
    return isAlike;
  };
}

/** Whether the players are in the same places in both. */
export function looksAlike(a: Moment, b: Moment): boolean {
  let changed = 0;
  let covered = 0;
  for (let pixel = 0; pixel < a.look.luma.length; pixel++) {
    if (a.foreground.mask[pixel] || b.foreground.mask[pixel]) covered++;
    if (Math.abs((a.look.luma[pixel] ?? 0) - (b.look.luma[pixel] ?? 0)) > difference) changed++;
  }
  return changed <= sameShare * covered;
}
