import type { Sharp } from 'sharp';
import sharp from 'sharp';
import type { RankOptions } from '../src/stages/rank/rank-recording.ts';
import type { Change, RatedFrame, writeTimeLapse } from './rated-frames.ts';

/** An altered copy of the rated match; whatever is not named is unchanged. */
export interface Variant {
  readonly name: string;
  readonly change?: Change;
  readonly coding?: Parameters<typeof writeTimeLapse>[3];
  readonly frames?: (all: readonly RatedFrame[]) => readonly RatedFrame[];
  readonly options?: Pick<RankOptions, 'withoutPose'>;
}

/** Pixels of the rated frames. */
const full = { width: 1920, height: 1080 };

export const variants: readonly Variant[] = [
  { name: 'as it is' },
  { name: 'mirrored', change: (picture) => picture.flop() },
  {
    name: 'cropped to 80 %',
    change: (picture) => picture.extract({ left: 240, top: 160, width: 1536, height: 864 }),
  },
  {
    name: 'zoomed out to 75 %',
    change: (picture) => picture.resize(1440, 810).extend({ top: 135, bottom: 135, left: 240, right: 240 }),
  },
  { name: 'darker by half', change: (picture) => picture.linear(0.5, 0) },
  { name: 'brighter', change: (picture) => picture.linear(1.25, 10) },
  { name: 'exposure that drifts by ±20 %', change: (picture, index) => picture.linear(1 + 0.2 * wave(index, 5), 0) },
  { name: 'noise of 20', change: (picture, index) => noisy(picture, index + 1, 20) },
  { name: 'blurred', change: (picture) => picture.blur(2.5) },
  { name: '720p', change: (picture) => picture.resize(1280, 720) },
  { name: '480p', change: (picture) => picture.resize(854, 480) },
  { name: 'JPEG quality 15', change: async (picture) => sharp(await picture.jpeg({ quality: 15 }).toBuffer()) },
  { name: 'H.264, recompressed at CRF 38', coding: { codec: 'h264', rateFactor: 38 } },
  { name: 'HEVC, recompressed at CRF 38', coding: { codec: 'hevc', rateFactor: 38 } },
  {
    name: 'turned by 2°',
    change: (picture) => picture.rotate(2, { background: '#777' }).resize(full.width, full.height, { fit: 'cover' }),
  },
  { name: 'tripod that trembles by 0.2 %', change: (picture, index) => shaken(picture, index, 0.002) },
  { name: 'in the hand, moving by 2 %', change: (picture, index) => shaken(picture, index, 0.02) },
  {
    name: 'the left four fifths',
    change: (picture) => picture.extract({ left: 0, top: 120, width: 1536, height: 864 }),
  },
  {
    name: 'the right four fifths',
    change: (picture) => picture.extract({ left: 384, top: 120, width: 1536, height: 864 }),
  },
  {
    name: 'leaning by 12 %',
    change: async (picture) =>
      sharp(await picture.affine([1, 0.12, 0, 1], { background: '#777' }).png().toBuffer()).resize(1920, 1080, {
        fit: 'cover',
      }),
  },
  { name: 'narrower by a fifth', change: (picture) => picture.resize(1536, 1080, { fit: 'fill' }) },
  { name: 'grey', change: (picture) => picture.modulate({ saturation: 0 }) },
  { name: 'other colours', change: (picture) => picture.modulate({ hue: 150 }) },
  {
    name: 'mirrored, cropped, dim and noisy',
    change: (picture, index) =>
      noisy(picture.extract({ left: 240, top: 160, width: 1536, height: 864 }).flop().linear(0.6, 0), index + 1, 10),
  },
  { name: 'first half', frames: (all) => all.slice(0, Math.floor(all.length / 2)) },
  { name: 'second half', frames: (all) => all.slice(Math.floor(all.length / 2)) },
  { name: 'every second frame', frames: (all) => all.filter((_, index) => index % 2 === 0) },
  { name: 'the others', frames: (all) => all.filter((_, index) => index % 2 === 1) },
  { name: 'three times over: 126 looks', ...again(3) },
  { name: 'seven times over: 294 looks', ...again(7) },
  { name: 'without the pose model', options: { withoutPose: true } },
];

/** −1 to 1, with this many frames per swing; the length is not a whole number, so that no two frames are alike. */
const wave = (index: number, frames: number) => Math.sin((index * 2 * Math.PI) / (frames * 1.037));

/** The match repeated, each frame slightly brighter or darker than before: a recording with more looks. */
function again(times: number): Pick<Variant, 'frames' | 'change'> {
  return {
    frames: (all) => Array.from({ length: times }, () => all).flat(),
    change: (picture, index) => picture.linear(1, 3 * wave(index, 60)),
  };
}

/** Shifted from frame to frame by up to this fraction of the picture's width; what moves in was outside. */
function shaken(picture: Sharp, index: number, part: number): Sharp {
  const most = Math.round(full.width * part);
  const left = Math.round(most * (1 + wave(index, 3.3)));
  const top = Math.round(most * (1 + wave(index, 4.7)));
  const [width, height] = [full.width - 2 * most, full.height - 2 * most];
  return picture.extract({ left, top, width, height: height - (height % 2) });
}

/** Noise with this deviation, the same in every run. */
async function noisy(picture: Sharp, seed: number, deviation: number): Promise<Sharp> {
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  let state = seed * 2654435761 + 1;
  const random = () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32;
    return state / 2 ** 32;
  };
  for (let at = 0; at < data.length; at++) {
    // Four uniform numbers make a bell curve close enough to a normal one, of variance 1/3.
    const bell = (random() + random() + random() + random() - 2) * Math.sqrt(3);
    data[at] = Math.min(255, Math.max(0, (data[at] ?? 0) + bell * deviation));
  }
  return sharp(data, { raw: { width: info.width, height: info.height, channels: 3 } });
}
