import { StageError } from '../../domain/errors.ts';
import { type Decoder, frameTimestamp } from './decoder.ts';
import { Pass } from './pass.ts';
import type { Recording } from './recording.ts';
import { damagedVideo } from './refusals.ts';

/** How many seconds before the end to take a picture. */
const beforeTheEnd = 0.1;
/** Seconds that may be missing at the end, the same as for a file that is cut off. */
const missingAllowed = (durationSeconds: number) => Math.max(2, durationSeconds * 0.02);

/**
 * Refuses a recording whose last pictures cannot be decoded: an index that comes first promises what was not copied. Moves
 * the reader.
 * @throws StageError DAMAGED_VIDEO
 */
export async function requireReadableEnd(recording: Recording, decoder: Decoder): Promise<void> {
  const { path, durationSeconds } = recording;
  const time = Math.max(0, durationSeconds - beforeTheEnd);
  const last = await lastShown(recording, decoder, time);
  if (last === undefined || time - last > missingAllowed(durationSeconds)) {
    throw damagedVideo(path, 'its last pictures cannot be read');
  }
}

async function lastShown(recording: Recording, decoder: Decoder, time: number): Promise<number | undefined> {
  const pass = new Pass({ recording, scout: recording, decoder });
  try {
    const frame = await pass.frameAt(recording.timestamp(time));
    return frame && recording.seconds(frameTimestamp(frame));
  } catch (error) {
    // It gave up: of thousands of packets not one became a picture.
    if (error instanceof StageError && error.code === 'DAMAGED_VIDEO') return undefined;
    throw error;
  } finally {
    await pass.close();
  }
}
