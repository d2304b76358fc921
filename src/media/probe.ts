import type { RecordingInfo } from './recording-info.ts';
import { runDecoder, type TaskLimits } from './run-decoder.ts';

/**
 * Describes a recording without decoding more than its first picture, and refuses anything that is not a complete
 * video.
 *
 * @throws StageError with remedy `fix`: FILE_MISSING; NOT_A_VIDEO (empty, no video stream, a still image, another format);
 *   DAMAGED_VIDEO (no index, no readable picture, or cut off by more than 2 s or 2 %). DECODER_FAILED with remedy `retry`.
 *   The signal's reason when aborted.
 */
export function probe(
  path: string,
  options: { signal?: AbortSignal | undefined } & TaskLimits = {},
): Promise<RecordingInfo> {
  return runDecoder<{ path: string }, never, RecordingInfo>(
    new URL('./tasks/probe.ts', import.meta.url),
    { path },
    options,
  );
}
