import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { partialFile } from './decode/partial-file.ts';
import { runDecoder, type TaskLimits } from './run-decoder.ts';
import type { ExtractedFrame, ExtractInput, FrameRequest } from './tasks/extract-frames.ts';

export interface ExtractOptions extends TaskLimits {
  signal?: AbortSignal | undefined;
  /** Share of the frames that have been written, 0..1. */
  onProgress?: ((fraction: number) => void) | undefined;
}

/**
 * Writes exact frames of a recording as JPEG files (quality 95, 4:4:4): full size, upright, natural colours. Each frame
 * is the one at or just before the requested time, or the last one for a time up to 1 s past the end. Each file is
 * replaced atomically. Results are in the order of the requests.
 *
 * @throws StageError FRAME_NOT_FOUND (time outside the recording, nothing written), FILE_MISSING, NOT_A_VIDEO, DAMAGED_VIDEO,
 *   NO_SPACE, FOLDER_UNUSABLE or DECODER_FAILED; the signal's reason when aborted.
 */
export async function extractFrames(
  path: string,
  requests: FrameRequest[],
  { onProgress, ...limits }: ExtractOptions = {},
): Promise<ExtractedFrame[]> {
  if (requests.length === 0) return [];
  const attempt = randomUUID();
  const task = new URL('./tasks/extract-frames.ts', import.meta.url);
  try {
    const input = { path, requests, attempt };
    return await runDecoder<ExtractInput, number, ExtractedFrame[]>(task, input, { ...limits, onMessage: onProgress });
  } finally {
    // A child that is killed leaves behind the file it was writing.
    await Promise.all(requests.map(({ file }) => rm(partialFile(file, attempt), { force: true })));
  }
}
