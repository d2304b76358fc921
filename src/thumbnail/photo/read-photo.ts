import { readFile } from 'node:fs/promises';
import sharp, { type Sharp } from 'sharp';
import { StageError } from '../../domain/errors.ts';
import { overviewOf } from './overview.ts';
import type { Pixels } from './pixels.ts';

/** A rectangle in pixels of the upright photo. */
export interface PixelBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A decoded photo, upright. */
export interface Photo extends Pixels {
  /** A small copy to judge it by, at most `overviewSize` on its longer side. */
  readonly overview: Pixels;
}

const overviewSize = 192;
/** Longer photos are decoded smaller, which bounds the memory: 4096×4096 pixels are 50 MB. */
const longestSide = 4096;

/**
 * @param decodes called when the file has been read and another thread begins to decode it
 * @throws StageError PICTURE_UNREADABLE if the file is missing, damaged or not a picture
 */
export async function readPhoto(path: string, decodes: () => void = () => {}): Promise<Photo> {
  try {
    const file = await readFile(path);
    const upright = sharp(file, { failOn: 'error' }).autoOrient().flatten({ background: '#101418' });
    const decoding = toPixels(within(upright, longestSide));
    decodes();
    const decoded = await decoding;
    return { ...decoded, overview: overviewOf(decoded, overviewSize) };
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

/** The part `box` of a photo at exactly `width` × `height` pixels. */
export function cutPhoto(photo: Pixels, box: PixelBox, width: number, height: number): Promise<Pixels> {
  const part = open(photo).extract({ left: box.x, top: box.y, width: box.width, height: box.height });
  return toPixels(part.resize(width, height, { fit: 'fill', kernel: 'lanczos3' }));
}

const open = ({ data, width, height }: Pixels): Sharp => sharp(data, { raw: { width, height, channels: 3 } });

const within = (picture: Sharp, side: number): Sharp =>
  picture.resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true });

async function toPixels(picture: Sharp): Promise<Pixels> {
  const { data, info } = await picture
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  if (info.channels !== 3) throw new Error(`expected 3 channels, got ${info.channels}`);
  return { data, width: info.width, height: info.height };
}

function unreadable(path: string, cause: unknown): StageError {
  const isMissing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
  const reason = isMissing ? 'there is no such file' : (cause as Error).message;
  return new StageError('PICTURE_UNREADABLE', `The picture ${path} cannot be read: ${reason}`, {
    remedy: 'fix',
    action: 'Choose another frame of the recording, or replace the damaged picture, then retry.',
    cause,
  });
}
