import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { partialFile } from '../media/decode/partial-file.ts';
import type { Rotation } from '../media/recording-info.ts';
import { runDecoder, type TaskLimits } from '../media/run-decoder.ts';
import type { DrawInput } from './draw-task.ts';

export interface SampleOptions extends TaskLimits {
  /** Length in seconds; default 24. */
  seconds?: number | undefined;
  /** The same seed draws the same match; default 1. */
  seed?: number | undefined;
  /** Even numbers of pixels, upright; default 1280 × 720. */
  width?: number | undefined;
  height?: number | undefined;
  /** Frames per second, a whole number; default 30. */
  fps?: number | undefined;
  /** ISO 8601 with the time zone of the hall. */
  creationTime?: string | undefined;
  /** Stores the picture rotated, as a phone held differently does; it is shown upright. */
  rotation?: Rotation | undefined;
  signal?: AbortSignal | undefined;
  /** Fraction drawn, 0..1. */
  onProgress?: ((fraction: number) => void) | undefined;
}

/**
 * Draws a synthetic recording of a doubles match in a hall: rallies, a pause, somebody walking past the lens. H.264
 * with a key frame every second and sound, in a QuickTime container; `file` appears atomically.
 *
 * @throws StageError DECODER_FAILED when the drawing process fails; the signal's reason when aborted.
 */
export async function drawSampleMatch(file: string, options: SampleOptions = {}): Promise<void> {
  const { seconds = 24, seed = 1, width = 1280, height = 720, fps = 30, rotation = 0, onProgress, ...limits } = options;
  const { creationTime = '2024-12-15T19:05:00+07:00' } = options;
  const partial = partialFile(file, randomUUID());
  const input: DrawInput = { file: partial, seconds, seed, width, height, fps, creationTime, rotation };
  try {
    const task = new URL('./draw-task.ts', import.meta.url);
    await runDecoder<DrawInput, number, void>(task, input, { ...limits, onMessage: onProgress });
    const handle = await open(partial);
    await handle.sync().finally(() => handle.close());
    await rename(partial, file);
    onProgress?.(1);
  } finally {
    await rm(partial, { force: true });
  }
}
