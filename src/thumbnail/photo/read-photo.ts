import { readFile } from 'node:fs/promises';
import sharp, { type Sharp } from 'sharp';
import { StageError } from '../../domain/errors.ts';

/** Pixels in rows, three bytes (red, green, blue, sRGB) each: `height × width × 3`. */
export interface Pixels {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
}

/** A rectangle in pixels of the upright photo. */
export interface PixelBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A photo that could be decoded. Sizes are those of the upright picture. */
export interface Photo {
  readonly width: number;
  readonly height: number;
  /** A small copy to judge it by, at most `overviewSize` on its longer side. */
  readonly overview: Pixels;
  /** The part `box` at exactly `width` × `height` pixels. */
  cut(box: PixelBox, width: number, height: number): Promise<Pixels>;
}

const overviewSize = 256;

/** @throws StageError PICTURE_UNREADABLE when the file is missing, damaged or no picture */
export async function readPhoto(path: string): Promise<Photo> {
  try {
    const file = await readFile(path);
    const upright = () => sharp(file, { failOn: 'error' }).autoOrient().flatten({ background: '#101418' });
    const { autoOrient } = await sharp(file, { failOn: 'error' }).metadata();
    const small = upright().resize({
      width: overviewSize,
      height: overviewSize,
      fit: 'inside',
      withoutEnlargement: true,
    });
    return {
      ...autoOrient,
      overview: await toPixels(small),
      cut: (box, width, height) =>
        readable(path, () => toPixels(shrinkAndCut(upright(), { ...autoOrient }, box, width, height))),
    };
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

/** Shrinking before cutting lets the JPEG decoder skip what is not needed; enlarging goes the other way round. */
function shrinkAndCut(
  photo: Sharp,
  whole: { width: number; height: number },
  box: PixelBox,
  width: number,
  height: number,
) {
  const scale = width / box.width;
  if (scale >= 0.75 || box.width < whole.width / 2) {
    return photo
      .extract({ left: box.x, top: box.y, width: box.width, height: box.height })
      .resize(width, height, { fit: 'fill', kernel: 'lanczos3' });
  }
  const [wide, high] = [
    Math.max(width, Math.round(whole.width * scale)),
    Math.max(height, Math.round((whole.height * height) / box.height)),
  ];
  return photo.resize(wide, high, { fit: 'fill', kernel: 'lanczos3' }).extract({
    left: Math.min(Math.round(box.x * scale), wide - width),
    top: Math.min(Math.round((box.y * height) / box.height), high - height),
    width,
    height,
  });
}

async function toPixels(picture: Sharp): Promise<Pixels> {
  const { data, info } = await picture
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  if (info.channels !== 3) throw new Error(`expected 3 channels, got ${info.channels}`);
  return { data, width: info.width, height: info.height };
}

async function readable<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function unreadable(path: string, cause: unknown): StageError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new StageError('PICTURE_UNREADABLE', `The picture ${path} cannot be read: ${reason}`, {
    remedy: 'fix',
    action: 'Choose another frame of the recording, or replace the damaged picture, then retry.',
    cause,
  });
}
