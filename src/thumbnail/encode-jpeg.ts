import sharp from 'sharp';
import type { Pixels } from './photo/pixels.ts';

/** Best first; the last one fits 3840×2160 pixels of noise into a megabyte. */
const qualities = [93, 90, 86, 80, 72, 62, 50, 36, 20, 8];

/** Baseline sRGB JPEG with full colour resolution and no metadata, of at most `mostBytes`. */
export async function encodeJpeg({ data, width, height }: Pixels, mostBytes: number): Promise<Buffer> {
  for (const quality of qualities) {
    const jpeg = await sharp(data, { raw: { width, height, channels: 3 } })
      .jpeg({ quality, chromaSubsampling: '4:4:4', progressive: false, mozjpeg: false })
      .toBuffer();
    if (jpeg.length <= mostBytes) return jpeg;
  }
  throw new Error(`A picture of ${width}×${height} pixels cannot be made to fit into ${mostBytes} bytes.`);
}
