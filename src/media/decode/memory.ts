import { bitDepthOf } from './describe.ts';
import type { Recording } from './recording.ts';

/** Bytes that a decoder process takes before it decodes anything, including its libraries, and for what it keeps. */
const base = 500 * 1024 ** 2;
/**
 * Decoded pictures in memory at once: reference pictures (6 at the largest size of a level, up to 16 below), one for
 * each thread, and those being passed on.
 */
const pictures = 18;
/** Bytes per pixel to turn one picture upright, give it natural colours and make it a JPEG: all steps together. */
const bytesPerPixel = 18;

/** Bytes of memory that suffice to decode and make a recording's pictures one after another. */
export function memoryFor({ video }: Recording): number {
  const pixels = video.codecpar.width * video.codecpar.height;
  const bytes = bitDepthOf(video) > 8 ? 3 : 1.5;
  return base + pixels * (pictures * bytes + bytesPerPixel);
}
