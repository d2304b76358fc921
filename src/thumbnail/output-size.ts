import { z } from 'zod';
import type { PixelBox } from './photo/read-photo.ts';
import { designHeight } from './scale.ts';
import type { Box } from './templates/template.ts';

/** Pixels of the finished picture. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

export const usualSize: Size = { width: 1280, height: 720 };
/** What `auto` chooses from in addition to the usual one, largest first. */
const largerSizes: readonly Size[] = [
  { width: 2560, height: 1440 },
  { width: 1920, height: 1080 },
];
/** An enlargement that nobody notices. */
const unseen = 1.1;

/** Widest and narrowest picture that the designs support, as width ÷ height. */
const aspect = { least: 1.3, most: 2.4 };

export const sizeSchema = z
  .strictObject({ width: z.int().min(640).max(3840), height: z.int().min(360).max(2160) })
  .refine(({ width, height }) => width / height >= aspect.least && width / height <= aspect.most, {
    error: `width ÷ height must be between ${aspect.least} and ${aspect.most}`,
  });

/** What `parseSize` takes, in words for people. */
export const sizeRule = `a size such as 1920x1080, from 640x360 to 3840x2160, ${aspect.least} to ${aspect.most} times as wide as high`;

/** Reads `1920x1080` or `1920×1080`; undefined for anything that is not a possible size. */
export function parseSize(text: string): Size | undefined {
  const [, width, height] = /^(\d{3,4})[x×](\d{3,4})$/.exec(text.trim()) ?? [];
  return sizeSchema.safeParse({ width: Number(width), height: Number(height) }).data;
}

/** The largest size in which the shown part of the photo is not enlarged; the usual one if it is small. */
export function sizeFor(shownPart: PixelBox, place: Box): Size {
  const fits = ({ height }: Size) => (place.width * height) / designHeight <= shownPart.width * unseen;
  return largerSizes.find(fits) ?? usualSize;
}
