import sharp from 'sharp';
import type { Pixels } from './read-photo.ts';

/** Limits of the adaptive grade: brightness is a weighted mean of the channels, 0..255. */
const limits = {
  /** Deepest grey that becomes black, and darkest light that becomes white. */
  black: 22,
  white: 205,
  /** Brightness the middle of a photo is brought towards, and how far it may be lifted or lowered. */
  middle: 124,
  mostLift: 1.55,
  mostLowering: 0.97,
  /** Colour loses strength when it is lifted: this gives it back. */
  colour: 1.12,
  /** Brightness above which the curve bends, so that nothing reaches white that was not white. */
  shoulder: 215,
};

/**
 * Lifts a dark hall gently. Shadows, middle and lights are found by percentiles; lights are compressed instead of cut
 * and each pixel keeps its hue, so that whites, skin and the shuttle do not burn.
 * @returns new pixels of the same shape
 */
export function gradeAuto(photo: Pixels): Pixels {
  const curve = autoCurve(photo);
  const data = new Uint8ClampedArray(photo.data.length);
  for (let i = 0; i < data.length; i += 3) {
    const [red, green, blue] = [photo.data[i] ?? 0, photo.data[i + 1] ?? 0, photo.data[i + 2] ?? 0];
    const before = (54 * red + 183 * green + 19 * blue) >> 8;
    const after = curve[before] ?? before;
    const gain = before === 0 ? 1 : after / before;
    const strongest = Math.max(red, green, blue) * gain;
    // A channel that would overflow pulls the colour towards grey until it fits, and only as far as that.
    const room = strongest - after;
    const colour =
      room <= 0 ? 1 : Math.min(limits.colour, Math.max(0, Math.max(254 - after, strongest / gain - after) / room));
    data[i] = after + (red * gain - after) * colour;
    data[i + 1] = after + (green * gain - after) * colour;
    data[i + 2] = after + (blue * gain - after) * colour;
  }
  return { ...photo, data: Buffer.from(data.buffer) };
}

/** Brightness before → after, rising, 0 → 0 and 255 → 255. */
function autoCurve({ data }: Pixels): Float32Array {
  const counts = new Uint32Array(256);
  for (let i = 0; i < data.length; i += 3) {
    const brightness = (54 * (data[i] ?? 0) + 183 * (data[i + 1] ?? 0) + 19 * (data[i + 2] ?? 0)) >> 8;
    counts[brightness] = (counts[brightness] ?? 0) + 1;
  }
  const pixels = data.length / 3;
  const percentile = (share: number) => {
    let seen = 0;
    for (let value = 0; value < 256; value += 1) {
      seen += counts[value] ?? 0;
      if (seen >= share * pixels) return value;
    }
    return 255;
  };
  const black = Math.min(limits.black, percentile(0.003) * 0.8);
  const white = Math.max(limits.white, percentile(0.995));
  const stretched = Math.max(1, ((percentile(0.5) - black) / (white - black)) * 255);
  const wanted = Math.log(stretched / 255) / Math.log(limits.middle / 255);
  const lift = Math.max(limits.mostLowering, Math.min(limits.mostLift, wanted));
  return Float32Array.from({ length: 256 }, (_, value) => {
    const share = Math.max(0, (value - black) / (white - black));
    return shoulder(lifted(share, lift) * 255, ((255 - black) / (white - black)) ** (1 / lift) * 255);
  });
}

/** A power curve whose steep foot is straightened: it would lift noise in the darkest tones. */
function lifted(share: number, lift: number): number {
  const foot = 0.04;
  if (lift <= 1 || share >= foot) return share ** (1 / lift);
  return (share / foot) * foot ** (1 / lift);
}

/** Bends what lies above the shoulder, up to `most`, into the room below 255. */
function shoulder(value: number, most: number): number {
  const start = limits.shoulder;
  if (value <= start || most <= 255) return Math.min(255, value);
  const [over, reach, room] = [value - start, most - start, 255 - start];
  return start + room * (1 - (1 - over / reach) ** (reach / room));
}

/** The club's old look: colour ×1.5, contrast ×1.05, brightness ×1.15, and a vignette. */
export async function gradeClassic(photo: Pixels): Promise<Pixels> {
  const { width, height } = photo;
  const contrast = 1.05;
  const { data } = await sharp(photo.data, { raw: { width, height, channels: 3 } })
    .modulate({ saturation: 1.5, brightness: 1.15 })
    .linear(contrast, 128 * (1 - contrast))
    .composite([{ input: vignette(width, height), blend: 'multiply' }])
    .removeAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return { ...photo, data };
}

function vignette(width: number, height: number): Buffer {
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><radialGradient id="v" cx="0.5" cy="0.5" r="0.75"><stop offset="0.55" stop-color="#fff"/><stop offset="1" stop-color="#777"/></radialGradient><rect width="100%" height="100%" fill="url(#v)"/></svg>`,
  );
}
