#!/usr/bin/env node
// How well the ranking agrees with people, on rated frames and on altered copies of them:
//   RATED_FRAMES=folder node bench/ranking.ts [words of a variant's name]
// The folder holds frame_*.jpg and ratings.csv. None of it is stored.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { rankRecording } from '../src/stages/rank/rank-recording.ts';
import { type Variant, variants } from './ranking-variants.ts';
import { ndcgAt5, type RatedFrame, readRatedFrames, writeTimeLapse } from './rated-frames.ts';

const folder = process.env.RATED_FRAMES;
if (!folder) throw new Error('RATED_FRAMES must name a folder with frame_*.jpg and ratings.csv.');
const wanted = process.argv.slice(2).join(' ');
const frames = await readRatedFrames(folder);
const scratch = await mkdtemp(path.join(tmpdir(), 'badminton-bench-'));
const row = (cells: readonly string[]) => console.log(`| ${cells.join(' | ')} |`);
try {
  row(['variant', 'NDCG@5', 'ratings of the five', 's']);
  row(['---', '---', '---', '---']);
  for (const variant of variants) if (variant.name.includes(wanted)) await judge(variant, frames);
} finally {
  await rm(scratch, { recursive: true, force: true });
}

async function judge(variant: Variant, all: readonly RatedFrame[]): Promise<void> {
  const { name, change = (picture) => picture, coding, options, frames: choose = (same) => same } = variant;
  const file = path.join(scratch, 'variant.mov');
  const chosen = choose(all);
  await writeTimeLapse(file, chosen, change, coding);
  const began = performance.now();
  const signal = new AbortController().signal;
  const { moments, notes } = await rankRecording(file, 5, { signal, report: () => {}, ...options });
  const seconds = (performance.now() - began) / 1000;
  const times = moments.map(({ time }) => time);
  const ratings = times.map((time) => chosen[Math.floor(time / 2)]?.rating.toFixed(1));
  row([name, ndcgAt5(times, chosen).toFixed(3), ratings.join(' '), seconds.toFixed(0), ...notes]);
}
