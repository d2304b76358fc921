// `node bench/frames.ts [usual] [hard] [bare] [memory]`: how long it takes to show a moment of a recording, compared with
// opening the recording each time, and with decoding and nothing else; the memory of a single frame.
import { statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { type Decoder, openDecoder } from '../src/media/decode/decoder.ts';
import { packetsOf } from '../src/media/decode/packets.ts';
import { openRecording, type Recording } from '../src/media/decode/recording.ts';
import { seekKeyFrame } from '../src/media/decode/source.ts';
import { writeMovie } from '../src/media/encode/movie-writer.ts';
import { extractFrames, type FrameQuery, openFrameServer, type ServedFrame } from '../src/media/index.ts';
import { footage } from './footage.ts';
import { keepCompiled } from './keep-compiled.ts';
import { peakOf } from './memory.ts';

/** 120 s, a key frame every 2 s. */
const usual = () =>
  footage({ width: 1920, height: 1080, noise: 4.6, drawn: 12, seconds: 120, secondsBetweenKeyFrames: 2 });
/** 12 s, a key frame every 4 s: the end of a group is far from where decoding begins. */
const hard = () =>
  footage({ width: 3840, height: 2160, noise: 6, drawn: 4, seconds: 12, secondsBetweenKeyFrames: 4, codec: 'hevc' });

/** 40 s, a key frame every second; the same as in `rank.ts`. */
const large = () => footage({ width: 3840, height: 2160, noise: 5, drawn: 2, seconds: 40 });

const parts = { usual: measureUsual, hard: measureHard, bare: compareWithBare, memory: measureMemory };
const wanted = process.argv.slice(2);
const scratch = await mkdtemp(path.join(tmpdir(), 'badminton-bench-'));
let random = 1;
const known = new Map<string, { recording: Recording; decoder: Decoder | undefined }>();

// As the launcher does.
keepCompiled();
console.log(`${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}`);
try {
  for (const [name, measure] of Object.entries(parts)) {
    if (wanted.length === 0 || wanted.includes(name)) await measure();
  }
} finally {
  await rm(scratch, { recursive: true });
}

async function measureUsual(): Promise<void> {
  const file = await usual();
  console.log(`\n1080p30, H.264, ${bitRate(file, 120)}, a key frame every 2 s; milliseconds: median, 95 of 100`);
  const baseline = await timesOf(6, async () => {
    await extractFrames(file, [{ time: anyTime(110), file: path.join(scratch, 'frame.jpg') }]);
  });
  print('opened for each frame', baseline);
  const memory = await peakOf(async () => {
    for (const width of [1280, 320]) {
      await session(file, async (frame) => {
        const exact = (time: number) => frame({ time, width, precision: 'exact' });
        print(`${width} wide, exact, anywhere`, await timesOf(30, () => exact(anyTime(110))), baseline);
        print(
          `${width} wide, nearest key frame`,
          await timesOf(30, () => frame({ time: anyTime(110), width, precision: 'key' })),
          baseline,
        );
        let at = await exact(31.3);
        const step = async (time: number | undefined) => {
          at = await exact(time ?? Number.NaN);
        };
        print(`${width} wide, a frame forwards`, await timesOf(30, () => step(at.nextTime)), baseline);
        at = await exact(71.3);
        print(`${width} wide, a frame backwards`, await timesOf(30, () => step(at.previousTime)), baseline);
        at = await exact(11.3);
        print(`${width} wide, a second forwards`, await timesOf(20, () => step(at.time + 1)), baseline);
      });
    }
  });
  printMemory(memory);
}

async function measureHard(): Promise<void> {
  const file = await hard();
  console.log(`\n2160p30, HEVC, ${bitRate(file, 12)}, a key frame every 4 s; milliseconds: median, 95 of 100`);
  const baseline = await timesOf(2, async (i) => {
    await extractFrames(file, [{ time: 3.5 + i * 4, file: path.join(scratch, 'frame.jpg') }]);
  });
  print('opened for each frame', baseline);
  const memory = await peakOf(() =>
    session(file, async (frame) => {
      const query = (time: number, precision: FrameQuery['precision']) => ({ time, width: 1280, precision });
      print('nearest key frame', await timesOf(10, () => frame(query(anyTime(11), 'key'))), baseline);
      let at = await frame(query(0, 'exact'));
      print(
        'exact, at the end of its group',
        await timesOf(3, async (i) => {
          at = await frame(query(3.5 + i * 4, 'exact'));
        }),
        baseline,
      );
      const step = async (time: number | undefined) => {
        at = await frame(query(time ?? Number.NaN, 'exact'));
      };
      print('a frame backwards', await timesOf(10, () => step(at.previousTime)), baseline);
      print('a frame forwards', await timesOf(10, () => step(at.nextTime)), baseline);
      const exact = frame(query(7.5, 'exact'));
      const keys = await timesOf(10, () => frame(query(anyTime(11), 'key')));
      await exact;
      print('nearest key frame while an exact one is under way', keys, baseline);
    }),
  );
  printMemory(memory);
}

async function compareWithBare(): Promise<void> {
  console.log('\nexact, 1280 wide, against decoding the same pictures from their key frame and nothing else');
  for (const [footageOf, name, moments] of [
    [usual, '1080p30, H.264, a key frame every 2 s', [1.5, 31.9, 62.7, 93.3, 109.9]],
    [large, '2160p30, H.264, a key frame every second', [0.9, 7.8, 15.7, 23.8, 37.9]],
  ] as const) {
    const file = await footageOf();
    await session(file, async (frame) => {
      // Opens the file, which is not counted, as it is open in the server already.
      await decodeOnly(file, 0);
      const ratios: number[] = [];
      const [exact, bare]: [number[], number[]] = [[], []];
      // In turn, so that other load on the machine affects both.
      for (const time of moments) {
        bare.push(...(await timesOf(1, () => decodeOnly(file, time))));
        exact.push(...(await timesOf(1, () => frame({ time, width: 1280, precision: 'exact' }))));
        ratios.push((exact.at(-1) ?? 0) / (bare.at(-1) ?? 1));
      }
      const sum = (times: readonly number[]) => times.reduce((total, time) => total + time, 0);
      const [ours, theirs] = [sum(exact), sum(bare)];
      const median = ratios.sort((a, b) => a - b)[ratios.length >> 1] ?? Number.NaN;
      const told = `${(ours / moments.length).toFixed(1)} ms, bare ${(theirs / moments.length).toFixed(1)} ms`;
      console.log(
        `${name.padEnd(50)} ${told}: ${(ours / theirs).toFixed(2)} times, median ${median.toFixed(2)} (at most 1.2)`,
      );
    });
  }
}

async function measureMemory(): Promise<void> {
  console.log('\nmost memory of a process for a single exact frame, the library included');
  for (const [width, height] of [
    [3840, 2160],
    [7680, 4320],
  ] as const) {
    for (const dynamicRange of ['standard', 'hlg'] as const) {
      const file = path.join(scratch, `${width}-${dynamicRange}.mov`);
      await writeStripes(file, width, height, dynamicRange);
      const most = await peakOf(() => session(file, (frame) => frame({ time: 0.3, width: 1280, precision: 'exact' })));
      console.log(`${width} × ${height}, ${dynamicRange === 'hlg' ? 10 : 8} bit: ${Math.round(most / 1024 ** 2)} MB`);
    }
  }
}

/** Decodes from the key frame before a moment up to it, in this process; opening the file is not counted. */
async function decodeOnly(file: string, time: number): Promise<void> {
  const bare = known.get(file) ?? { recording: await openRecording(file), decoder: undefined };
  known.set(file, bare);
  const { recording } = bare;
  bare.decoder ??= await openDecoder(recording, { threads: availableParallelism() });
  bare.decoder.reset();
  const target = recording.timestamp(time);
  await seekKeyFrame(recording, target);
  for await (const packet of packetsOf(recording)) {
    for await (const frame of bare.decoder.decode(packet)) {
      const isThere = frame.pts >= target;
      frame.free();
      if (isThere) return;
    }
  }
}

/** Twelve frames of HEVC, quick to draw. */
async function writeStripes(file: string, width: number, height: number, dynamicRange: 'standard' | 'hlg') {
  const settings = { width, height, fps: 30, codec: 'hevc', secondsBetweenKeyFrames: 1, rotation: 0 } as const;
  const movie = await writeMovie(file, { ...settings, dynamicRange, rateFactor: 30 });
  const picture = new Uint8Array(width * height * 3);
  for (let number = 0; number < 12; number++) {
    for (let y = 0; y < height; y++)
      picture.fill(40 + (((y >> 3) + number * 7) % 180), y * width * 3, (y + 1) * width * 3);
    await movie.addFrame(picture);
  }
  await movie.finish();
}

/** Opens a server whose process has started and that caches no pictures. */
async function session(
  file: string,
  use: (frame: (query: FrameQuery) => Promise<ServedFrame>) => Promise<unknown>,
): Promise<void> {
  const server = openFrameServer({ cacheBytes: 0 });
  await server.frame(file, { time: 0, width: 64, precision: 'key' });
  await use((query) => server.frame(file, query));
  await server.close();
}

async function timesOf(runs: number, work: (run: number) => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const began = performance.now();
    await work(run);
    times.push(performance.now() - began);
  }
  return times.sort((a, b) => a - b);
}

function print(what: string, times: readonly number[], against?: readonly number[]): void {
  const at = (sorted: readonly number[], part: number) => sorted[Math.floor((sorted.length - 1) * part)] ?? Number.NaN;
  const ratio = against ? `${(at(against, 0.5) / at(times, 0.5)).toFixed(1)} times as fast` : '';
  console.log(
    `${what.padEnd(50)} ${at(times, 0.5).toFixed(1).padStart(8)} ${at(times, 0.95).toFixed(1).padStart(8)}  ${ratio}`,
  );
}

function printMemory(bytes: number): void {
  console.log(`most memory: ${Math.round(bytes / 1024 ** 2)} MB, the process included`);
}

function bitRate(file: string, seconds: number): string {
  return `${Math.round((statSync(file).size * 8) / seconds / 1e6)} Mbit/s`;
}

/** A moment of the first `seconds`; the same ones in every run. */
function anyTime(seconds: number): number {
  random = (random * 1664525 + 1013904223) % 2 ** 32;
  return (random / 2 ** 32) * seconds;
}
