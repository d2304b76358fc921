import { LRUCache } from 'lru-cache';
import type { AnsweredFrame } from './frame-child.ts';
import type { ServedFrame } from './wire.ts';

/** Pictures that were served, by bytes; the one that was not asked for longest goes first. */
export interface FrameCache {
  /** @param kind recording, version, width and precision */
  get(kind: string, time: number): ServedFrame | undefined;
  put(kind: string, answered: AnsweredFrame): void;
}

/** Half a millisecond belongs to the next frame, as where a recording is read: times are exchanged as rounded seconds. */
const rounding = 0.0005;

export function createFrameCache(mostBytes: number): FrameCache {
  const kept = new LRUCache<string, AnsweredFrame & { readonly kind: string }>({
    // The library takes 0 for no bound; no picture is as small as a byte.
    maxSize: Math.max(1, mostBytes),
    sizeCalculation: ({ frame }) => Math.max(1, frame.jpeg.byteLength),
  });
  return {
    get(kind, time) {
      // Some hundred entries: going through them costs nothing beside a decoder, and renews none.
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
