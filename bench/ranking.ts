#!/usr/bin/env node
// How well the ranking agrees with people, on frames that were rated and on changed copies of them:
//   RATED_FRAMES=folder node bench/ranking.ts
// The folder holds frame_*.jpg and ratings.csv. Nothing of it is kept.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Sharp } from 'sharp';
import sharp from 'sharp';
import { rankRecording } from '../src/stages/rank/rank-recording.ts';
import { checkFits } from './fits.ts';
import { ndcgAt5, type RatedFrame, readRatedFrames, writeTimeLapse } from './rated-frames.ts';

type Change = (picture: Sharp, index: number) => Sharp | Promise<Sharp>;

const full = { width: 1920, height: 1080 };
const same: Change = (picture) => picture;

/** Noise of that deviation, the same in every run. */
async function noisy(picture: Sharp, seed: number, deviation: number): Promise<Sharp> {
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  let state = seed * 2654435761 + 1;
  const random = () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32;
    return state / 2 ** 32;
  };
  for (let at = 0; at < data.length; at++) {
    // Four uniform numbers make a bell that is near enough to a normal one, of variance 1/3.
    const bell = (random() + random() + random() + random() - 2) * Math.sqrt(3);
    data[at] = Math.min(255, Math.max(0, (data[at] ?? 0) + bell * deviation));
  }
  return sharp(data, { raw: { width: info.width, height: info.height, channels: 3 } });
}

const variants: readonly (readonly [string, Change])[] = [
  ['as it is', same],
  ['mirrored', (picture) => picture.flop()],
  ['cropped to 80 %', (picture) => picture.extract({ left: 240, top: 160, width: 1536, height: 864 })],
  [
    'zoomed out to 75 %',
    (picture) => picture.resize(1440, 810).extend({ top: 135, bottom: 135, left: 240, right: 240 }),
  ],
  ['darker by half', (picture) => picture.linear(0.5, 0)],
  ['brighter', (picture) => picture.linear(1.25, 10)],
  ['noise of 20', (picture, index) => noisy(picture, index + 1, 20)],
  ['blurred', (picture) => picture.blur(2.5)],
  ['720p', (picture) => picture.resize(1280, 720)],
  ['480p', (picture) => picture.resize(854, 480)],
  ['JPEG quality 15', async (picture) => sharp(await picture.jpeg({ quality: 15 }).toBuffer())],
  [
    'turned by 2°',
    (picture) => picture.rotate(2, { background: '#777' }).resize(full.width, full.height, { fit: 'cover' }),
  ],
];

const folder = process.env.RATED_FRAMES;
if (!folder) throw new Error('RATED_FRAMES must name a folder with frame_*.jpg and ratings.csv.');
const frames = await readRatedFrames(folder);
const scratch = await mkdtemp(path.join(tmpdir(), 'badminton-bench-'));
try {
  const middle = Math.floor(frames.length / 2);
  const row = (cells: readonly string[]) => console.log(`| ${cells.join(' | ')} |`);
  row(['variant', 'NDCG@5', 'ratings of the five', 's']);
  row(['---', '---', '---', '---']);
  for (const [name, change] of variants) await judge(name, frames, change);
  await judge('first half', frames.slice(0, middle), same);
  await judge('second half', frames.slice(middle), same);
  await judge(
    'every second frame',
    frames.filter((_, index) => index % 2 === 0),
    same,
  );
  await judge(
    'the others',
    frames.filter((_, index) => index % 2 === 1),
    same,
  );
  await judge('without the pose model', frames, same, true);
  console.log('');
  for (const line of await checkFits(path.join(scratch, 'fits.mov'), frames)) console.log(line);

  async function judge(
    name: string,
    chosen: readonly RatedFrame[],
    change: Change,
    withoutPose = false,
  ): Promise<void> {
    const file = path.join(scratch, 'variant.mov');
    await writeTimeLapse(file, chosen, change);
    const began = performance.now();
    const signal = new AbortController().signal;
    const { moments } = await rankRecording(file, 5, { signal, report: () => {}, withoutPose });
    const seconds = (performance.now() - began) / 1000;
    const times = moments.map(({ time }) => time);
    const ratings = times.map((time) => chosen[Math.floor(time / 2)]?.rating.toFixed(1));
    row([name, ndcgAt5(times, chosen).toFixed(3), ratings.join(' '), seconds.toFixed(0)]);
  }
} finally {
  await rm(scratch, { recursive: true, force: true });
}
