import { type Kept, keepUpTo } from './kept.ts';
import type { Pixels } from './photo/pixels.ts';
import type { Photo, PixelBox } from './photo/read-photo.ts';
import type { Logo } from './templates/template.ts';

/** What one picture leaves for the next: with the same photo, changing the text redraws only the text. */
export interface Memory {
  /** Decoded photos, by the version of their file. */
  readonly photos: Kept<Photo>;
  /** Where photos are cropped, keyed by everything that depends on. */
  readonly crops: Kept<PixelBox>;
  /** Photos cropped and graded for their place, keyed by everything they were made from. */
  readonly finished: Kept<Pixels>;
  readonly logos: Kept<Logo>;
}

const mebibyte = 1024 ** 2;

/** An empty memory; it holds about 70 MB at most. */
export function createMemory(): Memory {
  return {
    photos: keepUpTo(32 * mebibyte, ({ data }) => data.length),
    crops: keepUpTo(mebibyte, () => 1024),
    finished: keepUpTo(32 * mebibyte, ({ data }) => data.length),
    logos: keepUpTo(4 * mebibyte, ({ png }) => png.length),
  };
}
