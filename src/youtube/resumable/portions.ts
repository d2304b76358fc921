import type { BandwidthLimit } from './bandwidth.ts';
import type { WriteBytes } from './exchange.ts';

const leastBytes = 16_384;
const mostBytes = 1_048_576;
const quickMs = 20;
const slowMs = 200;

/**
 * Passes blocks on in portions: large ones on a fast line, where each costs time, and small ones on a slow line, so
 * that progress is reported often and no single portion takes long enough to count as a stall.
 */
export function createPortions(limit: BandwidthLimit | undefined, signal: AbortSignal | undefined) {
  let portion = 8 * leastBytes;
  return async (block: Uint8Array, write: WriteBytes, onWritten: (bytes: number) => void): Promise<void> => {
    for (let from = 0; from < block.length; ) {
      const bytes = block.subarray(from, from + Math.min(portion, limit?.portionBytes() ?? portion));
      await limit?.take(bytes.length, signal);
      const begin = performance.now();
      await write(bytes);
      const took = performance.now() - begin;
      if (took > slowMs) portion = Math.max(leastBytes, portion / 2);
      else if (took < quickMs) portion = Math.min(mostBytes, portion * 2);
      from += bytes.length;
      onWritten(bytes.length);
    }
  };
}
