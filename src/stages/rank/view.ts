import type { Foreground } from './foreground.ts';

/** How freely the court is seen in one look. */
export interface View {
  /** 1 is a free view, 0 one that is blocked or covered by a title. */
  readonly clear: number;
  /** Share of the picture that is covered where hardly anything ever is. */
  readonly strange: number;
}

/** The biggest normal player fills 9 % of the picture; what fills more stands in front of the lens. */
const largest = { from: 0.11, to: 0.2 };
/** A lunge into a new corner reached 0.9 %, a small title 2.2 %, a passer-by 13 to 29 %. */
const strangeShare = { from: 0.012, to: 0.03 };
/** Above the heads there is nothing but titles and the heads of people near the lens. */
const aboveWeight = 3;
/** What is covered in fewer of the other looks than this is hardly ever covered. */
const rarely = 0.05;
/** Players reach a little beyond where they were ever seen: this part of the picture's width. */
const reach = 0.04;

/**
 * Judges each look by what is covered where in the whole recording: players run over the same part of the picture
 * again and again, people crossing in front of the lens and burned-in titles cover the rest of it too.
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

  return foregrounds.map(({ mask, blobs }) => {
    let strange = 0;
    for (let pixel = 0; pixel < mask.length; pixel++) {
      if (mask[pixel] && (around[pixel] ?? 0) <= seldom) strange += pixel < headRow * width ? aboveWeight : 1;
    }
    strange /= mask.length;
    const clear = Math.min(1 - ramp(blobs[0]?.area ?? 0, largest), 1 - ramp(strange, strangeShare));
    return { clear, strange };
  });
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
