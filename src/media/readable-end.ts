import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { StageError } from '../domain/errors.ts';
import { damagedVideo } from './decode/refusals.ts';
import { extractFrames } from './extract-frames.ts';
import type { RecordingInfo } from './recording-info.ts';
import type { TaskLimits } from './run-decoder.ts';

/** How many seconds before the end to take a picture. */
const beforeTheEnd = 0.1;
/** Seconds that may be missing at the end, the same as for a file that is cut off. */
const missingAllowed = (durationSeconds: number) => Math.max(2, durationSeconds * 0.02);

/**
 * Refuses a recording whose last pictures cannot be decoded: an index that comes first promises what was not copied.
 * @throws StageError DAMAGED_VIDEO; the signal's reason when aborted
 */
export async function requireReadableEnd(
  file: string,
  { durationSeconds }: Pick<RecordingInfo, 'durationSeconds'>,
  options: { signal?: AbortSignal | undefined } & TaskLimits = {},
): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'badminton-end-'));
  try {
    const time = Math.max(0, durationSeconds - beforeTheEnd);
    const [last] = await extractFrames(file, [{ time, file: path.join(folder, 'end.jpg') }], options);
    if (last && time - last.time > missingAllowed(durationSeconds)) throw unreadableEnd(file);
  } catch (error) {
    options.signal?.throwIfAborted();
    // Any other error says nothing about whether copying broke off.
    if (error instanceof StageError && error.code === 'DAMAGED_VIDEO') throw unreadableEnd(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const unreadableEnd = (file: string) => damagedVideo(file, 'its last pictures cannot be read');
