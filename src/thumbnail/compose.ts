import type { Layer } from './draw-layer.ts';
import type { Size } from './output-size.ts';
import type { Pixels } from './photo/pixels.ts';

/** Lays the design over the photo, which is placed `at` a point in the picture; whatever neither covers is black. */
export function compose(photo: Pixels, at: { left: number; top: number }, layer: Layer, size: Size): Pixels {
  const data = Buffer.alloc(size.width * size.height * 3);
  for (let row = 0; row < photo.height; row += 1) {
    const from = row * photo.width * 3;
    photo.data.copy(data, ((at.top + row) * size.width + at.left) * 3, from, from + photo.width * 3);
  }
  const { pixels } = layer;
  const width = Math.min(layer.width, size.width - layer.left);
  const height = Math.min(layer.height, size.height - layer.top);
  for (let row = 0; row < height; row += 1) {
    let over = row * layer.width * 4;
    let under = ((layer.top + row) * size.width + layer.left) * 3;
    for (let column = 0; column < width; column += 1, over += 4, under += 3) {
      const opacity = pixels[over + 3] ?? 0;
      if (opacity === 0) continue;
      // The "over" operator on premultiplied colours (Porter and Duff 1984).
      const shows = 255 - opacity;
      data[under] = (pixels[over] ?? 0) + part(data[under] ?? 0, shows);
      data[under + 1] = (pixels[over + 1] ?? 0) + part(data[under + 1] ?? 0, shows);
      data[under + 2] = (pixels[over + 2] ?? 0) + part(data[under + 2] ?? 0, shows);
    }
  }
  return { data, ...size };
}

/** `value × share ÷ 255`, rounded; both are at most 255. Integer arithmetic, which is faster than division. */
function part(value: number, share: number): number {
  const product = value * share + 128;
  return (product + (product >> 8)) >> 8;
}
