import { clamped } from './clamped.ts';
import type { Pixels } from './pixels.ts';

/** Limits of the adaptive grade: brightness is a weighted mean of the channels, 0..255. */
const limits = {
  /** Lightest grey that may become black, and darkest light that may become white. */
  black: 22,
  white: 205,
  /** Brightness towards which a photo's midtones are brought, and how far they may be lifted or lowered. */
  middle: 124,
  mostLift: 1.55,
  mostLowering: 0.97,
  /** Lifting desaturates colour: this compensates. */
  colour: 1.12,
  /** No channel is pushed beyond this unless it was there already. */
  strongest: 250,
  /** Brightness above which the curve bends, so that nothing becomes white that was not white already. */
  shoulder: 215,
};

/** One pixel in this many is counted; prime, so that no column of the picture is left out. */
const everyNth = 7;

/**
 * Gently brightens a dark hall. Shadows, midtones and highlights are found by percentiles; highlights are compressed
 * instead of clipped and each pixel keeps its hue, so that whites, skin and the shuttle do not blow out.
 * @param into where the pixels go, the photo's own place included; as long as the photo's
 * @returns pixels of the same shape
 */
export function gradeAuto(photo: Pixels, into: Buffer = Buffer.allocUnsafe(photo.data.length)): Pixels {
  const curve = autoCurve(photo);
  // A channel becomes channel × slope + offset: what the usual pixel needs, computed once for each brightness.
  const slope = curve.map((after, before) => (before === 0 ? 1 : after / before) * limits.colour);
  const offset = curve.map((after) => after * (1 - limits.colour));
  const from = photo.data;
  const data = clamped(into);
  for (let i = 0; i < data.length; i += 3) {
    const [red, green, blue] = [from[i] ?? 0, from[i + 1] ?? 0, from[i + 2] ?? 0];
    const before = (54 * red + 183 * green + 19 * blue) >> 8;
    let times = slope[before] ?? 1;
    let plus = offset[before] ?? 0;
    const strongest = Math.max(red, green, blue);
    if (strongest * times + plus > limits.strongest) {
      const { gain, colour } = withinRange(before, strongest, times / limits.colour);
      times = gain * colour;
      plus = before * gain * (1 - colour);
    }
    data[i] = red * times + plus;
    data[i + 1] = green * times + plus;
    data[i + 2] = blue * times + plus;
  }
  return { ...photo, data: into };
}

/**
 * A colour whose strongest channel would overflow is lifted less, by half of what would help, and pulled towards grey
 * for the rest, so that skin turns neither flat nor white.
 */
function withinRange(before: number, strongest: number, wanted: number): { gain: number; colour: number } {
  const most = Math.max(limits.strongest, strongest);
  const overflow = Math.max(1, (strongest * wanted) / most);
  const gain = wanted / Math.sqrt(overflow);
  const after = before * gain;
  const room = strongest * gain - after;
  return { gain, colour: room <= 0 ? 1 : Math.min(limits.colour, Math.max(0, (most - after) / room)) };
}

/** Brightness before → after, rising, 0 → 0 and 255 → 255. */
function autoCurve({ data }: Pixels): Float32Array {
  const counts = new Uint32Array(256);
  for (let i = 0; i < data.length; i += 3 * everyNth) {
    const brightness = (54 * (data[i] ?? 0) + 183 * (data[i + 1] ?? 0) + 19 * (data[i + 2] ?? 0)) >> 8;
    counts[brightness] = (counts[brightness] ?? 0) + 1;
  }
  const pixels = Math.ceil(data.length / 3 / everyNth);
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

/** A power curve whose steep foot is straightened, because it would amplify noise in the darkest tones. */
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
