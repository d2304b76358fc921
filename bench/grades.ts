// What the two looks of a photo do to real frames: how bright they make them, and what they blow out or crush.
//   RATED_FRAMES=folder node bench/grades.ts
// Each frame is measured as it is and as a dark hall: with a quarter of the light.
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { gradeAuto } from '../src/thumbnail/photo/grade-auto.ts';
import { gradeClassic } from '../src/thumbnail/photo/grade-classic.ts';
import type { Pixels } from '../src/thumbnail/photo/pixels.ts';

const folder = process.env.RATED_FRAMES;
if (!folder) {
  console.error('RATED_FRAMES must name a folder with frames.');
  process.exit(2);
}
const frames = (await readdir(folder)).filter((name) => name.endsWith('.jpg')).sort();

interface Measured {
  /** Mean of all channels, 0 to 255. */
  readonly brightness: number;
  /** Shares of the pixels in which one channel is at its upper end, all are, or all are at their lower end. */
  readonly burnt: number;
  readonly white: number;
  readonly black: number;
}

const looks = { before: (photo: Pixels) => photo, auto: gradeAuto, classic: gradeClassic };
type Miniature = keyof typeof looks;

for (const [title, stops] of [
  ['as they are', 0],
  ['a dark hall', -2],
] as const) {
  const all: Record<Miniature, Measured[]> = { before: [], auto: [], classic: [] };
  for (const frame of frames) {
    const photo = darkened(await read(path.join(folder, frame)), stops);
    for (const look of Object.keys(looks) as Miniature[]) all[look].push(measure(looks[look](photo)));
  }
  console.log(`\n${frames.length} frames, ${title}`);
  console.log('look      brightness   a channel clipped   white   black   (worst frame: clipped)');
  for (const [look, measured] of Object.entries(all)) {
    const mean = (key: keyof Measured) => measured.reduce((sum, each) => sum + each[key], 0) / measured.length;
    const worst = Math.max(...measured.map(({ burnt }) => burnt));
    console.log(
      `${look.padEnd(10)}${mean('brightness').toFixed(0).padStart(10)}${percent(mean('burnt'), 20)}${percent(mean('white'), 8)}${percent(mean('black'), 8)}${percent(worst, 12)}`,
    );
  }
}

async function read(file: string): Promise<Pixels> {
  const { data, info } = await sharp(file)
    .resize(1280, 720, { fit: 'cover' })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** Less light by this many stops, as a camera would have seen it: linear light is scaled, not the values. */
function darkened(photo: Pixels, stops: number): Pixels {
  const scaled = Array.from({ length: 256 }, (_, value) =>
    Math.round(255 * ((value / 255) ** 2.2 * 2 ** stops) ** (1 / 2.2)),
  );
  return { ...photo, data: Buffer.from(photo.data.map((value) => scaled[value] ?? 0)) };
}

function measure({ data }: Pixels): Measured {
  let [sum, burnt, white, black] = [0, 0, 0, 0];
  for (let at = 0; at < data.length; at += 3) {
    const [red, green, blue] = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
    sum += red + green + blue;
    if (Math.max(red, green, blue) >= 254) burnt += 1;
    if (Math.min(red, green, blue) >= 254) white += 1;
    if (Math.max(red, green, blue) <= 1) black += 1;
  }
  const pixels = data.length / 3;
  return { brightness: sum / data.length, burnt: burnt / pixels, white: white / pixels, black: black / pixels };
}

function percent(share: number, width: number): string {
  return `${(100 * share).toFixed(2)} %`.padStart(width);
}
