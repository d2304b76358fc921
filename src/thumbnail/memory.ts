import { type Kept, keepUpTo } from './kept.ts';
import type { Pixels } from './photo/pixels.ts';
import type { Photo, PixelBox } from './photo/read-photo.ts';
import type { Logo } from './templates/template.ts';

/** What one picture leaves for the next: with the same photo, a change of text draws only text. */
export interface Memory {
  /** Decoded photos, by the version of their file. */
  readonly photos: Kept<Photo>;
  /** Where photos are cut, by what that depends on. */
  readonly crops: Kept<PixelBox>;
  /** Photos cut and graded for their place, by everything they were made from. */
  readonly finished: Kept<Pixels>;
  readonly logos: Kept<Logo>;
}

const mebibyte = 1024 ** 2;

/** An empty memory; it will hold some 70 MB at most. */
export function createMemory(): Memory {
  return {
    photos: keepUpTo(32 * mebibyte, ({ data }) => data.length),
    crops: keepUpTo(mebibyte, () => 1024),
    finished: keepUpTo(32 * mebibyte, ({ data }) => data.length),
    logos: keepUpTo(4 * mebibyte, ({ png }) => png.length),
  };
}
