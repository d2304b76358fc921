import { FilterAPI } from 'node-av/api';
import type { AVPixelFormat } from 'node-av/constants';
import { avImageGetBufferSize, type Frame, Rational } from 'node-av/lib';
import { frameTimestamp } from './decoder.ts';
import type { Orientation } from './orientation.ts';
import { storedSize } from './pictures.ts';

export interface TrailFrame {
  /** Owned by the trail: valid until the next frame is kept. */
  frame: Frame;
  shown: bigint;
  /** When the frame after it is shown. */
  until: bigint;
}

interface Kept extends TrailFrame {
  bytes: number;
  /** Width of picture, in pixels, for which it is good enough. */
  width: number;
}

/** Frames with more pixels are scaled down before they are kept. */
const largePixels = 1920 * 1088;

/**
 * Frames that were decoded on the way to others, so that a step back need not decode everything from the last key frame
 * again. Bounded by bytes; the oldest go first.
 */
export class Trail {
  readonly #kept = new Map<bigint, Kept>();
  readonly #mostBytes: number;
  readonly #orientation: Orientation;
  #bytes = 0;
  #since = 0n;
  #width = 0;
  #smaller: { filter: FilterAPI; width: number } | undefined;

  constructor(mostBytes: number, orientation: Orientation) {
    this.#mostBytes = mostBytes;
    this.#orientation = orientation;
  }

  /** From now on, keeps frames that are shown at or after `since`, for pictures of this width. */
  aim(since: bigint, width: number): void {
    this.#since = since;
    this.#width = width;
  }

  /** Takes ownership of a frame. */
  async keep(frame: Frame, next: Frame): Promise<void> {
    const shown = frameTimestamp(frame);
    if (shown < this.#since) return frame.free();
    const small = await this.#madeSmall(frame);
    this.#forget(this.#kept.get(shown));
    const bytes = avImageGetBufferSize(small.format as AVPixelFormat, small.width, small.height, 1);
    const width = small.width < frame.width ? this.#width : Number.POSITIVE_INFINITY;
    if (small !== frame) frame.free();
    this.#kept.set(shown, { frame: small, shown, until: frameTimestamp(next), bytes, width });
    this.#bytes += bytes;
    for (const old of this.#kept.values()) if (this.#bytes > this.#mostBytes) this.#forget(old);
  }

  /** The frame shown at a timestamp, if it was kept and is good enough for the width. */
  at(target: bigint, width: number): TrailFrame | undefined {
    for (const kept of this.#kept.values()) {
      if (kept.shown <= target && target < kept.until && kept.width >= width) return kept;
    }
    return undefined;
  }

  #forget(kept: Kept | undefined): void {
    if (!kept) return;
    this.#kept.delete(kept.shown);
    this.#bytes -= kept.bytes;
    kept.frame.free();
  }

  async #madeSmall(frame: Frame): Promise<Frame> {
    if (frame.width * frame.height <= largePixels) return frame;
    const [width, height] = storedSize(frame, this.#orientation, this.#width);
    if (width >= frame.width) return frame;
    if (this.#smaller?.width !== width) {
      this.#smaller?.filter.close();
      this.#smaller = { width, filter: FilterAPI.create(`scale=${width}:${height}:flags=area`, { threads: 1 }) };
    }
    const [small] = await this.#smaller.filter.processAll(frame);
    if (small) small.sampleAspectRatio = new Rational(1, 1);
    return small ?? frame;
  }
}
