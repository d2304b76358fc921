import { open, rename } from 'node:fs/promises';
import sharp from 'sharp';
import { pictureNotWritten } from '../../domain/picture-not-written.ts';
import type { Picture } from './pictures.ts';

/**
 * Writes a picture as a JPEG of quality 95 without chroma subsampling; `file` is replaced atomically.
 * @throws StageError NO_SPACE or FOLDER_UNUSABLE
 */
export async function writeJpeg({ width, height, data }: Picture, file: string, partial: string): Promise<void> {
  const jpeg = await sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 95, chromaSubsampling: '4:4:4' })
    .toBuffer();
  try {
    const handle = await open(partial, 'w');
    try {
      await handle.writeFile(jpeg);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(partial, file);
  } catch (cause) {
    throw pictureNotWritten(file, cause as NodeJS.ErrnoException);
  }
}

/** A JPEG to look at on a screen for a moment: it takes a third of the bytes and the time of one to keep. */
export function encodeScreenJpeg({ width, height, data }: Picture): Promise<Buffer> {
  return sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 80 })
    .toBuffer();
}
