import { bitDepthOf } from './describe.ts';
import type { Recording } from './recording.ts';

/** What a decoder process takes before it has decoded anything, its libraries included, and for what it keeps, in bytes. */
const base = 500 * 1024 ** 2;
/**
 * Decoded pictures that are alive at once: those that others are decoded from (6 at the largest size of a level, up to 16
 * below), one for each thread, and those on their way.
 */
const pictures = 18;
/** Bytes of each pixel while one picture is made upright and natural in colour, as JPEG: all steps together. */
const bytesPerPixel = 18;

/** Bytes of memory within which one picture of a recording after the other is decoded and made. */
export function memoryFor({ video }: Recording): number {
  const pixels = video.codecpar.width * video.codecpar.height;
  const bytes = bitDepthOf(video) > 8 ? 3 : 1.5;
  return base + pixels * (pictures * bytes + bytesPerPixel);
}
