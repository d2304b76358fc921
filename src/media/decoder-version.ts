import { runDecoder, type TaskLimits } from './run-decoder.ts';

/**
 * The version of the bundled FFmpeg, as reported by a decoder process; this proves that one can be started.
 * @throws StageError DECODER_FAILED
 */
export function decoderVersion(options: { signal?: AbortSignal | undefined } & TaskLimits = {}): Promise<string> {
  return runDecoder<null, never, string>(new URL('./tasks/decoder-version.ts', import.meta.url), null, options);
}
