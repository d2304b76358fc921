import { runDecoder, type TaskLimits } from './run-decoder.ts';
import type { ScanFrame, ScanInput, ScanMessage, ScanResult } from './tasks/scan-key-frames.ts';

export interface ScanOptions extends TaskLimits {
  /** Width of the upright frames in pixels; default 320. A narrower recording keeps its width. */
  width?: number | undefined;
  /** Most frames to give, spread evenly; default 1800. */
  maximumFrames?: number | undefined;
  signal?: AbortSignal | undefined;
  /** Called in order of time; the decoder waits while a returned promise is pending. */
  onFrame: (frame: ScanFrame) => void | Promise<void>;
  /** Share of the recording that has been scanned, 0..1. */
  onProgress?: ((fraction: number) => void) | undefined;
}

/**
 * Scans a recording in one pass over its key frames, as small upright RGB pictures with natural colours. If there are
 * fewer than 20 key frames, or none for 12 s, about one frame a second between them is decoded too. From a damaged
 * recording, it gives whatever can be read.
 *
 * @throws StageError FILE_MISSING, NOT_A_VIDEO, DAMAGED_VIDEO (no frame at all) or DECODER_FAILED; the signal's reason when aborted.
 */
export async function scanKeyFrames(path: string, options: ScanOptions): Promise<ScanResult> {
  const { width = 320, maximumFrames = 1800, onFrame, onProgress, ...limits } = options;
  const result = await runDecoder<ScanInput, ScanMessage, ScanResult>(
    new URL('./tasks/scan-key-frames.ts', import.meta.url),
    { path, width, maximumFrames },
    {
      ...limits,
      async onMessage({ frame, fraction }) {
        await onFrame(frame);
        onProgress?.(fraction);
      },
    },
  );
  onProgress?.(1);
  return result;
}
