import sharp from 'sharp';
import type { Logo } from '../templates/template.ts';

const longestSide = 512;

/**
 * Reads a logo in any format `sharp` knows, SVG too, without its empty margin.
 * @throws Error if it cannot be read or is fully transparent
 */
export async function readLogo(path: string): Promise<Logo> {
  const whole = await sharp(path, { failOn: 'error' })
    .autoOrient()
    .ensureAlpha()
    .toColourspace('srgb')
    .png()
    .toBuffer();
  const trimmed = await sharp(whole).trim({ threshold: 1 }).png().toBuffer();
  const { data: png, info } = await sharp(trimmed)
    .resize({ width: longestSide, height: longestSide, fit: 'inside', withoutEnlargement: true })
    .png()
    .toBuffer({ resolveWithObject: true });
  return { png, width: info.width, height: info.height, ink: await meanInk(png) };
}

async function meanInk(png: Buffer): Promise<readonly [number, number, number]> {
  const pixels = await sharp(png).ensureAlpha().raw().toBuffer();
  const sums = [0, 0, 0];
  let alpha = 0;
  for (let i = 0; i < pixels.length; i += 4) {
    const share = (pixels[i + 3] ?? 0) / 255;
    alpha += share;
    for (let channel = 0; channel < 3; channel += 1)
      sums[channel] = (sums[channel] ?? 0) + share * (pixels[i + channel] ?? 0);
  }
  if (alpha === 0) throw new Error('the logo is fully transparent');
  const [red = 0, green = 0, blue = 0] = sums.map((sum) => sum / alpha);
  return [red, green, blue];
}
