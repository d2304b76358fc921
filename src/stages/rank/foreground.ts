import type { Look } from './look.ts';

/** What stands out from the empty court in one look; shares are 0 to 1 of the picture. */
export interface Foreground {
  readonly share: number;
  /** The largest connected thing: a player, or somebody right in front of the lens. */
  readonly largest: number;
  /** Mean detail inside the foreground: falls with motion blur and missed focus. */
  readonly sharpness: number;
}

const difference = 22;
/** Specks below this share of the picture are noise. */
const speck = 0.0004;

export function foregroundOf(look: Look, background: Uint8Array): Foreground {
  const { luma, detail, width } = look;
  const open = new Uint8Array(luma.length);
  for (let pixel = 0; pixel < luma.length; pixel++) {
    open[pixel] = Math.abs((luma[pixel] ?? 0) - (background[pixel] ?? 0)) > difference ? 1 : 0;
  }
  let total = 0;
  let largest = 0;
  let detailSum = 0;
  const stack: number[] = [];
  for (let start = 0; start < open.length; start++) {
    if (!open[start]) continue;
    let area = 0;
    let blobDetail = 0;
    open[start] = 0;
    stack.push(start);
    for (let pixel = stack.pop(); pixel !== undefined; pixel = stack.pop()) {
      area++;
      blobDetail += detail[pixel] ?? 0;
      const column = pixel % width;
      if (column > 0) visit(pixel - 1);
      if (column < width - 1) visit(pixel + 1);
      visit(pixel - width);
      visit(pixel + width);
    }
    if (area < speck * open.length) continue;
    total += area;
    detailSum += blobDetail;
    largest = Math.max(largest, area);
  }
  return {
    share: total / luma.length,
    largest: largest / luma.length,
    sharpness: total > 0 ? detailSum / total : 0,
  };

  function visit(pixel: number): void {
    if (!open[pixel]) return;
    open[pixel] = 0;
    stack.push(pixel);
  }
}
