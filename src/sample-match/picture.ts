import { runDecoder } from '../media/run-decoder.ts';

/** A frame of the sample match as a JPEG, 1280 × 720. @throws StageError DECODER_FAILED; the signal's reason */
export async function drawSamplePicture(signal?: AbortSignal): Promise<Buffer> {
  const task = new URL('./draw-picture-task.ts', import.meta.url);
  return Buffer.from(await runDecoder<object, never, Uint8Array>(task, { width: 1280, height: 720 }, { signal }));
}
