import sharp from 'sharp';
import type { Box } from '../templates/template.ts';
import type { CropWish } from './choose-crop.ts';
import type { Pixels } from './pixels.ts';
import { cutPhoto, type PixelBox } from './read-photo.ts';
import type { Saliency } from './saliency.ts';

/** A crop of at least this share of the photo's height is tall enough for anybody. */
const enoughHeight = 0.56;
/** How much wider a photo may become. */
const mostTimes = 1.8;
/** Height a player needs around the body, for racket and feet, in body heights. */
const air = 1.35;
/** The sides: how dark they are, and from how few pixels they are made, which is what blurs them. */
const sides = { light: 0.62, height: 24, blur: 1.2 };

/**
 * A wide crop of a portrait photo is so short that it cuts off anyone standing in it; with sides added it can be
 * taller.
 * @returns the width to which the photo should be extended, in its pixels; its own if that is wide enough
 */
export function wideEnough(players: readonly Box[] | undefined, { photo, shown, covered }: CropWish): number {
  const aspect = shown.width / shown.height;
  const share = photo.width / aspect / photo.height;
  const tallest = Math.max(0, ...(players ?? []).map(({ height }) => height));
  const needed = tallest > 0 ? (tallest * air) / (1 - covered.top - covered.bottom) : enoughHeight;
  if (share >= Math.min(needed, enoughHeight)) return photo.width;
  const width = Math.min(needed * photo.height * aspect, mostTimes * photo.width);
  // Equally wide sides, in whole pixels.
  return photo.width + 2 * Math.round((width - photo.width) / 2);
}

/**
 * The part `box` of the widened photo, which is centred on its own dark, blurred enlargement.
 * @returns exactly `width` × `height` pixels
 */
export async function cutWidened(
  photo: Pixels,
  wide: number,
  box: PixelBox,
  width: number,
  height: number,
): Promise<Pixels> {
  const across = width / box.width;
  const start = (wide - photo.width) / 2;
  const from = Math.max(box.x, start);
  const to = Math.min(box.x + box.width, start + photo.width);
  const left = Math.round((from - box.x) * across);
  const right = Math.round((to - box.x) * across);
  const ground = await sidesOf(photo, box, width, height);
  const part = { x: from - start, y: box.y, width: to - from, height: box.height };
  const shows = right > left && to > from;
  const strip = shows ? await cutPhoto(photo, part, right - left, height) : undefined;
  const data = await sharp(ground.data, { raw: rawOf(ground) })
    .composite(strip ? [{ input: strip.data, raw: rawOf(strip), left, top: 0 }] : [])
    .removeAlpha()
    .raw()
    .toBuffer();
  return { data, width, height };
}

const rawOf = ({ width, height }: Pixels) => ({ width, height, channels: 3 }) as const;

/** What the photo shows between the part's upper and lower end, dark and blurred. */
async function sidesOf(photo: Pixels, { y, height: rows }: PixelBox, width: number, height: number): Promise<Pixels> {
  const small = { width: Math.max(1, Math.round((sides.height * width) / height)), height: sides.height };
  const dark = await sharp(photo.data, { raw: rawOf(photo) })
    .extract({ left: 0, top: y, width: photo.width, height: rows })
    .resize(small.width, small.height, { fit: 'fill' })
    .blur(sides.blur)
    .linear(sides.light, 0)
    .raw()
    .toBuffer();
  const data = await sharp(dark, { raw: { ...small, channels: 3 } })
    .resize(width, height, { fit: 'fill', kernel: 'cubic' })
    .raw()
    .toBuffer();
  return { data, width, height };
}

/** The player's box as shares of the widened photo. */
export function widenBox(box: Box, width: number, wide: number): Box {
  return { ...box, x: (box.x * width + (wide - width) / 2) / wide, width: (box.width * width) / wide };
}

/** Nothing stands out in the sides. */
export function widenSaliency({ width, height, weight }: Saliency, times: number): Saliency {
  const side = Math.round((width * (times - 1)) / 2);
  const wide = width + 2 * side;
  const widened = new Float32Array(wide * height);
  for (let y = 0; y < height; y += 1) widened.set(weight.subarray(y * width, (y + 1) * width), y * wide + side);
  return { width: wide, height, weight: widened };
}
