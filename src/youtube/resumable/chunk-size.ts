import { chunkUnitBytes } from './session.ts';

/**
 * Milliseconds a chunk should take: long compared with a round trip, short compared with an interruption or a fence
 * check.
 */
const wantedMs = 5_000;
const firstBytes = 16 * 1_048_576;
/** How much larger than its predecessor a chunk may be: one fast chunk on an empty line promises nothing. */
const mostGrowth = 4;
/** The last chunk is read twice (its hash is stored before it leaves), so it is kept short. */
const longestLastBytes = 8 * 1_048_576;

/** How many bytes go into the next chunk: as many as the line carries in a few seconds, fewer after failures. */
export interface ChunkSize {
  /** @returns the end of the chunk that begins at byte `position` of `size` */
  end(position: number, size: number): number;
  succeeded(bytes: number, ms: number): void;
  failed(): void;
}

/** @param largest bytes, a multiple of 262,144 */
export function createChunkSize(largest: number): ChunkSize {
  let wanted = Math.min(firstBytes, largest);
  return {
    end(position, size) {
      const left = size - position;
      if (left <= Math.min(wanted, longestLastBytes)) return size;
      if (left > wanted) return position + wanted;
      return position + Math.floor((left - 1) / longestLastBytes) * longestLastBytes;
    },
    succeeded(bytes, ms) {
      // A short last chunk, or the rest of an interrupted one, says little about the line.
      if (bytes < wanted) return;
      wanted = inUnits(Math.min((bytes / Math.max(ms, 1)) * wantedMs, wanted * mostGrowth, largest));
    },
    failed() {
      wanted = inUnits(wanted / 2);
    },
  };
}

function inUnits(bytes: number): number {
  return Math.max(chunkUnitBytes, Math.floor(bytes / chunkUnitBytes) * chunkUnitBytes);
}
