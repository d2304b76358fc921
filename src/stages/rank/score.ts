import type { Foreground } from './foreground.ts';

export interface Scored {
  /** Seconds. */
  readonly time: number;
  /** 0 to 1, comparable within one recording only. */
  readonly score: number;
  readonly why: string;
}

/** The biggest normal player fills 9 % of the picture; what fills more stands in front of the lens. */
const blockedFrom = 0.11;
const blockedFully = 0.2;
/** What the dullest frame with a free view scores: still more than one without. */
const clearView = 0.02;

/**
 * Scores each frame by how much goes on in it and how sharp that is, relative to the recording's own range, and
 * puts frames with somebody right in front of the lens last.
 */
export function scoreFrames(frames: readonly { readonly time: number; readonly foreground: Foreground }[]): Scored[] {
  const busy = rangeOf(frames.map(({ foreground }) => Math.min(foreground.share, blockedFully)));
  const sharp = rangeOf(frames.map(({ foreground }) => foreground.sharpness));
  return frames.map(({ time, foreground }) => {
    const clear = 1 - clamp((foreground.largest - blockedFrom) / (blockedFully - blockedFrom));
    const action = busy(Math.min(foreground.share, blockedFully));
    const sharpness = sharp(foreground.sharpness);
    const score = clear * (clearView + (1 - clearView) * (0.65 * action + 0.35 * sharpness));
    return { time, score: Number(score.toFixed(4)), why: explain(clear, action, sharpness) };
  });
}

function explain(clear: number, action: number, sharpness: number): string {
  if (clear < 0.5) return 'somebody stands in front of the lens';
  const level = (value: number) => (value > 0.66 ? 'much' : value > 0.33 ? 'some' : 'little');
  return `${level(action)} going on, ${sharpness > 0.66 ? 'sharp' : sharpness > 0.33 ? 'fairly sharp' : 'blurred'}`;
}

function rangeOf(values: readonly number[]): (value: number) => number {
  const sorted = values.toSorted((a, b) => a - b);
  const low = sorted[Math.floor(sorted.length * 0.05)] ?? 0;
  const high = sorted[Math.ceil(sorted.length * 0.95) - 1] ?? 0;
  return (value) => (high > low ? clamp((value - low) / (high - low)) : 0.5);
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}
