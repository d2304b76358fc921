import { clamped } from './clamped.ts';
import type { Pixels } from './pixels.ts';

/** The club's old look, in this order. */
const look = { colour: 1.5, contrast: 1.05, brightness: 1.15 };
/**
 * The vignette: the distance from the middle at which it starts to darken, as a share of the way to a corner, and how
 * dark it gets there.
 */
const vignette = { start: 0.55, corner: 0.45 };

/**
 * The club's old look. Each enhancement moves the picture away from a plain one, as in interpolation with a factor
 * beyond 1 (Haeberli and Voorhies, "Image Processing by Interpolation and Extrapolation", 1994): colour from the grey
 * picture, contrast from the mean grey, brightness from black.
 * @param into where the pixels go, the photo's own place included; as long as the photo's
 * @returns pixels of the same shape
 */
export function gradeClassic(photo: Pixels, into: Buffer = Buffer.allocUnsafe(photo.data.length)): Pixels {
  const { data, width, height } = photo;
  const graded = clamped(into);
  const mean = meanGrey(data);
  const shade = vignetteRow(width, height);
  for (let y = 0, i = 0; y < height; y += 1) {
    const light = shade(y);
    for (let x = 0; x < width; x += 1, i += 3) {
      const [red, green, blue] = [data[i] ?? 0, data[i + 1] ?? 0, data[i + 2] ?? 0];
      const grey = greyOf(red, green, blue);
      const gain = look.brightness * (light[x] ?? 1);
      graded[i] = enhanced(red, grey, mean) * gain;
      graded[i + 1] = enhanced(green, grey, mean) * gain;
      graded[i + 2] = enhanced(blue, grey, mean) * gain;
    }
  }
  return { ...photo, data: into };
}

/** Luma (ITU-R BT.601-7, section 2.5.1). */
const greyOf = (red: number, green: number, blue: number) => 0.299 * red + 0.587 * green + 0.114 * blue;

const enhanced = (channel: number, grey: number, mean: number) =>
  mean + (grey + (channel - grey) * look.colour - mean) * look.contrast;

function meanGrey(data: Buffer): number {
  let sum = 0;
  for (let i = 0; i < data.length; i += 3) sum += greyOf(data[i] ?? 0, data[i + 1] ?? 0, data[i + 2] ?? 0);
  return sum / (data.length / 3);
}

/** Gives the light of each pixel in a row, 1 in the middle of the picture. */
function vignetteRow(width: number, height: number): (y: number) => Float32Array {
  const light = new Float32Array(width);
  return (y) => {
    const down = ((y + 0.5) / height) * 2 - 1;
    for (let x = 0; x < width; x += 1) {
      const across = ((x + 0.5) / width) * 2 - 1;
      const away = Math.sqrt((across * across + down * down) / 2);
      const share = Math.max(0, (away - vignette.start) / (1 - vignette.start));
      light[x] = 1 - vignette.corner * share * share * (3 - 2 * share);
    }
    return light;
  };
}
