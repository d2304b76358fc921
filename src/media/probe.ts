import { StageError } from '../domain/errors.ts';
import type { RecordingInfo } from './recording-info.ts';
import { runDecoder, type TaskLimits } from './run-decoder.ts';
import type { ProbeInput } from './tasks/probe.ts';

export type ProbeOptions = { readonly signal?: AbortSignal | undefined } & TaskLimits;

const task = new URL('./tasks/probe.ts', import.meta.url);

/**
 * Describes a recording without decoding more than its first picture, and refuses anything that is not a complete
 * video.
 *
 * @throws StageError with remedy `fix`: FILE_MISSING; NOT_A_VIDEO (empty, no video stream, a still image, another format);
 *   DAMAGED_VIDEO (no index, no readable picture, or cut off by more than 2 s or 2 %). DECODER_FAILED with remedy `retry`.
 *   The signal's reason when aborted.
 */
export function probe(path: string, options: ProbeOptions = {}): Promise<RecordingInfo> {
  return runDecoder<ProbeInput, never, RecordingInfo>(task, { path, decodesEnd: false }, options);
}

/**
 * Describes a recording, and refuses also one whose last pictures cannot be decoded: an index that comes first promises
 * what was not copied.
 *
 * @throws what `probe` throws
 */
export async function probeToTheEnd(path: string, options: ProbeOptions = {}): Promise<RecordingInfo> {
  let described: RecordingInfo | undefined;
  const onMessage = (info: RecordingInfo) => {
    described = info;
  };
  try {
    return await runDecoder<ProbeInput, RecordingInfo, RecordingInfo>(
      task,
      { path, decodesEnd: true },
      { ...options, onMessage },
    );
  } catch (error) {
    options.signal?.throwIfAborted();
    const isRefused = error instanceof StageError && error.code === 'DAMAGED_VIDEO';
    // Any other error at the end says nothing about whether copying broke off.
    if (!described || isRefused) throw error;
    return described;
  }
}
