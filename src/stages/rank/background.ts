import type { Miniature } from './miniature.ts';

const mostSamples = 61;

/**
 * The empty court: the median of each pixel over looks spread across the recording. The camera stands on a tripod, so
 * what is there most of the time is not a player. Returns luma, `height × width`.
 */
export function medianBackground(looks: readonly Miniature[]): Uint8Array {
  const count = Math.min(mostSamples, looks.length);
  const samples = Array.from({ length: count }, (_, index) => looks[Math.floor((index * looks.length) / count)]?.luma);
  const background = new Uint8Array(looks[0]?.luma.length ?? 0);
  const histogram = new Uint8Array(256);
  for (let pixel = 0; pixel < background.length; pixel++) {
    histogram.fill(0);
    for (const sample of samples) {
      const luma = sample?.[pixel] ?? 0;
      histogram[luma] = (histogram[luma] ?? 0) + 1;
    }
    let seen = 0;
    let value = 0;
    while (seen + (histogram[value] ?? 0) <= count / 2) seen += histogram[value++] ?? 0;
    background[pixel] = value;
  }
  return background;
}
