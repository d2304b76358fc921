import { stat } from 'node:fs/promises';
import sharp from 'sharp';
import { keepUpTo } from '../../thumbnail/kept.ts';
import { notFound } from './problem.ts';

/** The only widths that pages may ask for, so that arbitrary sizes cannot fill the memory. */
export const pictureWidths = [320, 640, 1280, 1920] as const;
export type PictureWidth = (typeof pictureWidths)[number];

const mostBytes = 48 * 1024 ** 2;

/** Smaller copies of pictures, as JPEG; the latest ones are kept in memory. */
export interface ScaledPictures {
  /** @throws RequestError 404 if the file is missing */
  get(file: string, width: PictureWidth): Promise<Buffer>;
}

export function openScaledPictures(): ScaledPictures {
  const kept = keepUpTo<Buffer>(mostBytes, ({ length }) => length);
  return {
    async get(file, width) {
      const found = await stat(file).catch(() => undefined);
      if (!found?.isFile()) throw notFound('The picture is not there.');
      return kept.get(`${file} ${width} ${found.mtimeMs} ${found.size}`, () =>
        sharp(file).resize({ width, withoutEnlargement: true }).jpeg({ quality: 82 }).toBuffer(),
      );
    },
  };
}
