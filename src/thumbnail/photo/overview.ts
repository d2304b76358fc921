import type { Pixels } from './pixels.ts';

/** Rows and columns of the photo sampled for each pixel of its overview. */
const samples = 4;

/**
 * A small copy to judge a photo by, at most `longest` on its longer side. Each pixel is the mean of samples spread
 * evenly over its part of the photo: exact enough to find players, in a quarter of the time of a high-quality
 * reduction.
 */
export function overviewOf({ data, width, height }: Pixels, longest: number): Pixels {
  const times = Math.min(1, longest / Math.max(width, height));
  const size = { width: Math.max(1, Math.round(width * times)), height: Math.max(1, Math.round(height * times)) };
  const columns = places(size.width, width).map((x) => x * 3);
  const rows = places(size.height, height).map((y) => y * width * 3);
  const overview = Buffer.allocUnsafe(size.width * size.height * 3);
  for (let y = 0, into = 0; y < size.height; y += 1) {
    for (let x = 0; x < size.width; x += 1, into += 3) {
      let [red, green, blue] = [0, 0, 0];
      for (let j = y * samples; j < (y + 1) * samples; j += 1) {
        for (let i = x * samples; i < (x + 1) * samples; i += 1) {
          const from = (rows[j] ?? 0) + (columns[i] ?? 0);
          red += data[from] ?? 0;
          green += data[from + 1] ?? 0;
          blue += data[from + 2] ?? 0;
        }
      }
      const half = samples ** 2 / 2;
      overview[into] = (red + half) / samples ** 2;
      overview[into + 1] = (green + half) / samples ** 2;
      overview[into + 2] = (blue + half) / samples ** 2;
    }
  }
  return { data: overview, ...size };
}

/** Where the samples of `small` pixels lie in `large` ones. */
function places(small: number, large: number): Uint32Array {
  return Uint32Array.from({ length: small * samples }, (_, i) => Math.floor(((i + 0.5) * large) / (small * samples)));
}
