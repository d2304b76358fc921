import { LRUCache } from 'lru-cache';
import type { AnsweredFrame } from './frame-child.ts';
import type { ServedFrame } from './wire.ts';

/** Pictures that were served, limited by bytes; the least recently used goes first. */
export interface FrameCache {
  /** @param kind recording, version, width and precision */
  get(kind: string, time: number): ServedFrame | undefined;
  put(kind: string, answered: AnsweredFrame): void;
}

/**
 * The last half millisecond of a frame counts as the next one, as when a recording is read: times are exchanged as
 * rounded seconds.
 */
const rounding = 0.0005;

export function createFrameCache(mostBytes: number): FrameCache {
  const kept = new LRUCache<string, AnsweredFrame & { readonly kind: string }>({
    // The library treats 0 as no limit; no picture is as small as a byte.
    maxSize: Math.max(1, mostBytes),
    sizeCalculation: ({ frame }) => Math.max(1, frame.jpeg.byteLength),
  });
  return {
    get(kind, time) {
      // A few hundred entries: next to decoding, a search through them costs nothing, and it does not count as use.
      for (const [key, entry] of kept.entries()) {
        const isWithin = entry.span.from <= time + rounding && time + rounding < entry.span.until;
        if (entry.kind === kind && isWithin) return kept.get(key)?.frame;
      }
      return undefined;
    },
    put(kind, { frame, span }) {
      kept.set(`${span.from} ${kind}`, { kind, frame, span });
    },
  };
}
