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
  // In the order of use. Some hundred entries: going through them costs nothing beside a decoder.
  const entries = new Set<AnsweredFrame & { readonly kind: string }>();
  let bytes = 0;
  return {
    get(kind, time) {
      for (const entry of entries) {
        const isWithin = entry.span.from <= time + rounding && time + rounding < entry.span.until;
        if (entry.kind !== kind || !isWithin) continue;
        entries.delete(entry);
        entries.add(entry);
        return entry.frame;
      }
      return undefined;
    },
    put(kind, { frame, span }) {
      entries.add({ kind, frame, span });
      bytes += frame.jpeg.byteLength;
      for (const oldest of entries) {
        if (bytes <= mostBytes) break;
        entries.delete(oldest);
        bytes -= oldest.frame.jpeg.byteLength;
      }
    },
  };
}
