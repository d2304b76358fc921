import type { Foreground } from './foreground.ts';

/** What is wrong with a look that lacks a clear view. */
export type Obstacle = 'in front' | 'title' | 'blurred';

/** How clearly the court is visible in one look. */
export interface View {
  /** 1 is a clear view, 0 is blocked or covered by a title. */
  readonly clear: number;
  /** Share of the picture that is covered in places where hardly anything ever is. */
  readonly strange: number;
  /** Absent if the view is clear enough. */
  readonly obstacle?: Obstacle;
}

/** Below this a view counts as blocked. */
export const clearEnough = 0.5;

/** The biggest normal player fills 9 % of the picture; anything that fills more is in front of the lens. */
const largest = { from: 0.11, to: 0.2 };
/** A lunge into a new corner reached 0.9 %, a small title 2.2 %, a passer-by 13 to 29 %. */
const strangeShare = { from: 0.012, to: 0.03 };
/** Above the heads there is nothing but titles and the heads of people near the lens. */
const aboveWeight = 3;
/** A place covered in a smaller share of the other looks than this is hardly ever covered. */
const rarely = 0.05;
/** Anything less sharp than this fraction of the usual was filmed by a camera that shook or lost focus. */
const focus = { from: 0.35, to: 0.55 };
/** Players reach slightly beyond where they were ever seen: by this fraction of the picture's width. */
const reach = 0.04;

/**
 * Judges each look by which places are covered over the whole recording: players run over the same part of the picture
 * again and again, while people crossing in front of the lens and burned-in titles also cover the rest.
 */
export function viewsOf(foregrounds: readonly Foreground[], width: number, height: number): View[] {
  const counts = new Uint32Array(width * height);
  for (const { mask } of foregrounds) {
    for (let pixel = 0; pixel < counts.length; pixel++) counts[pixel] = (counts[pixel] ?? 0) + (mask[pixel] ?? 0);
  }
  const around = widened(counts, width, height, Math.max(1, Math.round(width * reach)));
  const seldom = Math.max(2, rarely * foregrounds.length);
  const heads = around.findIndex((count) => count > seldom);
  const headRow = heads < 0 ? 0 : Math.floor(heads / width);
  const usualSharpness = middle(foregrounds.filter(({ share }) => share > 0).map(({ sharpness }) => sharpness));

  return foregrounds.map(({ mask, blobs, share, sharpness }) => {
    let strange = 0;
    for (let pixel = 0; pixel < mask.length; pixel++) {
      if (mask[pixel] && (around[pixel] ?? 0) <= seldom) strange += pixel < headRow * width ? aboveWeight : 1;
    }
    strange /= mask.length;
    const free: Record<Obstacle, number> = {
      'in front': 1 - ramp(blobs[0]?.area ?? 0, largest),
      title: 1 - ramp(strange, strangeShare),
      blurred: share > 0 && usualSharpness > 0 ? ramp(sharpness / usualSharpness, focus) : 1,
    };
    const clear = Math.min(...Object.values(free));
    return clear < clearEnough ? { clear, strange, obstacle: obstacleOf(free) } : { clear, strange };
  });
}

/** Somebody near the lens is as out of place as a title, but seldom sharp. */
function obstacleOf(free: Readonly<Record<Obstacle, number>>): Obstacle {
  if (free['in front'] < clearEnough) return 'in front';
  if (free.title >= clearEnough) return 'blurred';
  return free.blurred < 1 ? 'in front' : 'title';
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** The largest count within `radius` cells up, down and sideways. */
function widened(counts: Uint32Array, width: number, height: number, radius: number): Uint32Array {
  const across = new Uint32Array(counts.length);
  const wide = new Uint32Array(counts.length);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      let most = 0;
      for (let x = Math.max(0, column - radius); x <= Math.min(width - 1, column + radius); x++) {
        most = Math.max(most, counts[row * width + x] ?? 0);
      }
      across[row * width + column] = most;
    }
  }
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      let most = 0;
      for (let y = Math.max(0, row - radius); y <= Math.min(height - 1, row + radius); y++) {
        most = Math.max(most, across[y * width + column] ?? 0);
      }
      wide[row * width + column] = most;
    }
  }
  return wide;
}

function ramp(value: number, { from, to }: { from: number; to: number }): number {
  return Math.min(1, Math.max(0, (value - from) / (to - from)));
}
