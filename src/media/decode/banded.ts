import { FilterAPI } from 'node-av/api';
import type { Frame } from 'node-av/lib';

/** Pixels in a band; each takes 12 bytes in floating point, several times over. */
const bandPixels = 2 ** 19;

/**
 * Filters a large frame in horizontal bands, one after another, because filtering it all at once takes hundreds of
 * megabytes. Returns RGB, `height × width × 3` bytes.
 */
export class BandedFilter {
  readonly #crops: FilterAPI[];
  readonly #filter: FilterAPI;

  /** @param filters must treat each pixel independently and end in rgb24 */
  constructor({ width, height }: { width: number; height: number }, filters: string, threads: number) {
    const rows = largestDivisor(height, Math.max(1, Math.floor(bandPixels / width)));
    this.#crops = Array.from({ length: height / rows }, (_, band) =>
      FilterAPI.create(`crop=${width}:${rows}:0:${band * rows}`, { threads: 1 }),
    );
    // One filter for all bands: each filter keeps the memory it has used.
    this.#filter = FilterAPI.create(filters, { threads });
  }

  async apply(frame: Frame): Promise<Buffer> {
    const whole = Buffer.allocUnsafe(frame.width * frame.height * 3);
    let filled = 0;
    for (const crop of this.#crops) {
      for (const band of await crop.processAll(frame)) {
        for (const made of await this.#filter.processAll(band)) {
          filled += made.toBuffer().copy(whole, filled);
          made.free();
        }
        band.free();
      }
    }
    return whole;
  }

  close(): void {
    for (const filter of [...this.#crops, this.#filter]) filter.close();
  }
}

/** The largest divisor of `whole` that is at most `limit`: bands of another size would need another filter. */
function largestDivisor(whole: number, limit: number): number {
  let divisor = Math.min(whole, limit);
  while (whole % divisor !== 0) divisor -= 1;
  return divisor;
}
