import sharp from 'sharp';
import type { Task } from '../../child/protocol.ts';
import { sortOf, unusable } from './sort.ts';

/** Pixels of the longest side that is kept; the designs draw logos smaller. */
const longestSide = 1024;
const mostPixels = 40_000_000;
/** Dots per inch at which an SVG has the size that it states (CSS Values and Units, 5.2, and librsvg). */
const statedDensity = 72;

/** Decodes a picture from a stranger, and returns a new PNG that holds nothing but its pixels. */
export const run: Task<{ readonly bytes: Uint8Array }, never, Uint8Array> = async ({ bytes }) => {
  const input = Buffer.from(bytes);
  const sort = sortOf(input);
  const options = { failOn: 'error', limitInputPixels: mostPixels } as const;
  const { width = 0, height = 0, format } = await sharp(input, options).metadata().catch(broken);
  if (format !== sort) throw unusable('is not what it begins like');
  if (width * height > mostPixels) throw unusable(`has ${width}×${height} pixels`);
  const larger = longestSide / Math.max(width, height, 1);
  const density = sort === 'svg' ? Math.min(2400, Math.max(1, statedDensity * larger)) : undefined;
  const picture = sharp(input, { ...options, ...(density && { density }) })
    .autoOrient()
    .ensureAlpha()
    .toColourspace('srgb')
    .resize({ width: longestSide, height: longestSide, fit: 'inside', withoutEnlargement: true });
  const png = await picture.png().toBuffer().catch(broken);
  const { channels } = await sharp(png).stats();
  if (channels[3]?.max === 0) throw unusable('is fully transparent');
  return png;
};

function broken(cause: unknown): never {
  throw unusable('cannot be read', cause);
}
