import { FilterAPI } from 'node-av/api';
import type { Frame } from 'node-av/lib';

/** Pixels of a band; floating point takes 12 bytes for each, several times over. */
const bandPixels = 2 ** 19;

/**
 * Sends a large frame through filters in bands across it, one after another, because all at once takes hundreds of
 * megabytes. Gives RGB, `height × width × 3` bytes.
 */
export class BandedFilter {
  readonly #crops: FilterAPI[];
  readonly #filter: FilterAPI;

  /** @param filters work on each pixel by itself and end in rgb24 */
  constructor({ width, height }: { width: number; height: number }, filters: string, threads: number) {
    const rows = largestDivisor(height, Math.max(1, Math.floor(bandPixels / width)));
    this.#crops = Array.from({ length: height / rows }, (_, band) =>
      FilterAPI.create(`crop=${width}:${rows}:0:${band * rows}`, { threads: 1 }),
    );
    // One for all bands of one size: each filter keeps the memory of what went through it.
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

/** The largest divisor of `whole` that is at most `limit`: bands of different sizes would need filters of their own. */
function largestDivisor(whole: number, limit: number): number {
  let divisor = Math.min(whole, limit);
  while (whole % divisor !== 0) divisor -= 1;
  return divisor;
}
