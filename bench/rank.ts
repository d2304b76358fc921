// How long the rank stage takes, compared with merely decoding key frames, and how much memory it adds:
//   node bench/rank.ts [minutes] [ratio] [hours] [memory]
// It draws its own footage, once, in the temporary folder (several gigabytes for the three hours).
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDecoder } from '../src/media/decode/decoder.ts';
import { openRecording } from '../src/media/decode/recording.ts';
import { scanFrames } from '../src/media/decode/scan.ts';
import { rankThumbnails } from '../src/stages/rank/index.ts';
import { openStore } from '../src/workspace/store.ts';
import { footage } from './footage.ts';
import { keepCompiled } from './keep-compiled.ts';
import { quickest, type Taken, taken, told } from './taken.ts';

const limits = { ratio: 1.4, hours: 2, megabytes: 700 };
const fullHd = { width: 1920, height: 1080, noise: 4.6, drawn: 8 };
const small = { width: 640, height: 360, noise: 2, drawn: 8 };
const ultraHd = { width: 3840, height: 2160, noise: 5, drawn: 2 };

const parts = { ratio: measureRatio, hours: measureHours, memory: measureMemory };
const minutes = Number(process.argv.find((word) => /^\d+$/.test(word)) ?? 10);
const wanted = process.argv.slice(2).filter((word) => word in parts);
const scratch = await mkdtemp(path.join(tmpdir(), 'badminton-bench-'));
let attempts = 0;
keepCompiled();
try {
  for (const [name, measure] of Object.entries(parts)) {
    if (wanted.length === 0 || wanted.includes(name)) await measure();
  }
} finally {
  await rm(scratch, { recursive: true, force: true });
}

/** Processor time is what is judged, where it is known: another program beside it changes it by little. */
async function measureRatio(): Promise<void> {
  const file = await footage({ ...fullHd, seconds: minutes * 60 });
  const { size } = await stat(file);
  console.log(`${minutes} min of 1080p30 H.264, GOP 30, ${((size * 8) / (minutes * 60) / 1e6).toFixed(1)} Mb/s`);
  const bare: Taken[] = [];
  const stages: Staged[] = [];
  // In turn, so that other load on the machine affects both.
  for (let round = 0; round < 3; round++) {
    bare.push(await taken(() => decodeKeyFrames(file)));
    stages.push(await rank(file));
  }
  const [least, staged] = [quickest(bare), quickest(stages)];
  console.log(`bare decoding of its key frames: ${told(least)}`);
  console.log(`the rank stage: ${told(staged)}; of which ${staged.split}`);
  const ratios = stages.map((stage, round) => ratioOf(stage, bare[round]));
  const medianRatio = ratios.toSorted((a, b) => a - b)[ratios.length >> 1] ?? Number.NaN;
  verdict('ratio of processor time, the median', medianRatio, limits.ratio);
  console.log(`  each ${ratios.map((ratio) => ratio.toFixed(2)).join(', ')}`);
  console.log(`  ratio of the quickest, by the clock ${(staged.seconds / least.seconds).toFixed(2)}`);
}

function ratioOf(one: Taken, other: Taken | undefined): number {
  return (one.processor ?? one.seconds) / (other?.processor ?? other?.seconds ?? Number.NaN);
}

async function measureHours(): Promise<void> {
  const long: Record<'hour' | 'three', Staged[]> = { hour: [], three: [] };
  for (let round = 0; round < 2; round++) {
    long.hour.push(await rank(await footage({ ...small, seconds: 3600 })));
    long.three.push(await rank(await footage({ ...small, seconds: 3 * 3600 })));
  }
  const [hour, three] = [quickest(long.hour), quickest(long.three)];
  console.log(`1 hour: ${told(hour)}; 3 hours: ${told(three)} (360p)`);
  verdict('ratio', three.seconds / hour.seconds, limits.hours);
}

async function measureMemory(): Promise<void> {
  const huge = await footage({ ...ultraHd, seconds: 40 });
  const measure = fileURLToPath(new URL('./rank-memory.ts', import.meta.url));
  const bytes = Number(execFileSync(process.execPath, [measure, huge], { encoding: 'utf8' }));
  verdict('peak memory added at 4K, MB', bytes / 1024 ** 2, limits.megabytes);
}

function verdict(what: string, value: number, limit: number): void {
  const outcome = value <= limit ? 'kept' : 'MISSED';
  console.log(`  ${what} ${value.toFixed(2)}: the limit of ${limit} is ${outcome}`);
}

interface Staged extends Taken {
  readonly split: string;
}

async function decodeKeyFrames(file: string): Promise<void> {
  const recording = await openRecording(file);
  const decoder = await openDecoder(recording);
  const all = { spacing: 0, longestGap: Number.MAX_SAFE_INTEGER / 1e6, fillSpacing: 1 };
  for await (const { frame } of scanFrames(recording, decoder, all, { onBroken() {} })) frame.free();
}

/** The whole stage on a recording it has not seen; its time is broken down by what it reports. */
async function rank(file: string): Promise<Staged> {
  attempts += 1;
  const attempt = { line: 'bench', place: [1, attempts] as const };
  const { signal } = new AbortController();
  const phases = new Map<string, number>();
  const report = ({ note }: { note: string }) => phases.set(note.replace(/\d+ /, ''), performance.now());
  let last = performance.now();
  // A new data folder each time: the stage does nothing twice.
  const store = openStore(path.join(scratch, `data-${attempts}`));
  const work = async () => void (await rankThumbnails(file, 5, { store, attempt, signal, report }));
  const whole = await taken(work).finally(() => store.close());
  const split = [...phases].map(([note, time]) => {
    const took = (time - last) / 1000;
    last = time;
    return `${took.toFixed(1)} s until "${note}"`;
  });
  return { ...whole, split: split.join(', ') };
}
