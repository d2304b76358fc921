import sharp from 'sharp';
import type { Pixels } from './photo/read-photo.ts';

/** YouTube's limit for a thumbnail over the API (Thumbnails: set, "Maximum file size"). */
export const mostBytes = 2_000_000;

/** Best first; the last one fits any picture of up to 8K. */
const qualities = [93, 90, 86, 80, 72, 62, 50, 36, 20, 8];

/** Baseline sRGB JPEG with full colour resolution and no metadata, of at most `mostBytes`. */
export async function encodeJpeg({ data, width, height }: Pixels): Promise<Buffer> {
  for (const quality of qualities) {
    const jpeg = await sharp(data, { raw: { width, height, channels: 3 } })
      .jpeg({ quality, chromaSubsampling: '4:4:4', progressive: false, mozjpeg: false })
      .toBuffer();
    if (jpeg.length <= mostBytes) return jpeg;
  }
  throw new Error(`A picture of ${width}×${height} pixels does not fit into ${mostBytes} bytes.`);
}
