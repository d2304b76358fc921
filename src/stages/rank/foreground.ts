import type { Miniature } from './miniature.ts';

/** A connected part of the foreground. Positions are fractions of the picture, 0 to 1. */
export interface Blob {
  readonly area: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What stands out from the empty court in one look; shares are fractions of the picture, 0 to 1. */
export interface Foreground {
  readonly share: number;
  /** Largest first. */
  readonly blobs: readonly Blob[];
  /** Mean detail inside the foreground: falls with motion blur and missed focus. */
  readonly sharpness: number;
  /** 1 where it is, `height × width` of the look. */
  readonly mask: Uint8Array;
}

const difference = 22;
/** Specks below this share of the picture are noise. */
const speck = 0.0004;

export function foregroundOf(look: Miniature, background: Uint8Array): Foreground {
  const { luma, detail, width, height } = look;
  const mask = new Uint8Array(luma.length);
  for (let pixel = 0; pixel < luma.length; pixel++) {
    mask[pixel] = Math.abs((luma[pixel] ?? 0) - (background[pixel] ?? 0)) > difference ? 1 : 0;
  }
  const open = mask.slice();
  const blobs: Blob[] = [];
  let total = 0;
  let detailSum = 0;
  for (let start = 0; start < open.length; start++) {
    if (!open[start]) continue;
    const pixels = connected(open, width, start);
    if (pixels.length < speck * open.length) {
      for (const pixel of pixels) mask[pixel] = 0;
      continue;
    }
    total += pixels.length;
    for (const pixel of pixels) detailSum += detail[pixel] ?? 0;
    blobs.push(boxed(pixels, width, height));
  }
  return {
    share: total / luma.length,
    blobs: blobs.sort((a, b) => b.area - a.area),
    sharpness: total > 0 ? detailSum / total : 0,
    mask,
  };
}

/** The pixels connected to `start` by their sides; they are removed from `open`. */
function connected(open: Uint8Array, width: number, start: number): number[] {
  const pixels = [start];
  open[start] = 0;
  const visit = (pixel: number) => {
    if (!open[pixel]) return;
    open[pixel] = 0;
    pixels.push(pixel);
  };
  for (let next = 0; next < pixels.length; next++) {
    const pixel = pixels[next] ?? 0;
    const column = pixel % width;
    if (column > 0) visit(pixel - 1);
    if (column < width - 1) visit(pixel + 1);
    visit(pixel - width);
    visit(pixel + width);
  }
  return pixels;
}

function boxed(pixels: readonly number[], width: number, height: number): Blob {
  let [left, right, top, bottom] = [width, 0, height, 0];
  for (const pixel of pixels) {
    const column = pixel % width;
    const row = Math.floor(pixel / width);
    left = Math.min(left, column);
    right = Math.max(right, column + 1);
    top = Math.min(top, row);
    bottom = Math.max(bottom, row + 1);
  }
  return {
    area: pixels.length / (width * height),
    x: left / width,
    y: top / height,
    width: (right - left) / width,
    height: (bottom - top) / height,
  };
}
