// How long a thumbnail takes in a warm renderer, and how much memory it needs:
//   node bench/thumbnail.ts [frame.jpg]
// "The photo alone" is what sharp needs to decode, resize and encode it; "the text layer" what the design without the
// photo needs. They are measured in turn with the thumbnail, so that all see the same conditions.
import { mkdtemp, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { usageOf } from '../src/child/usage.ts';
import { drawLayer } from '../src/thumbnail/draw-layer.ts';
import { layOut } from '../src/thumbnail/lay-out.ts';
import { createMemory } from '../src/thumbnail/memory.ts';
import { openThumbnailRenderer, type ThumbnailRequest } from '../src/thumbnail/renderer.ts';
import { checkRequest } from '../src/thumbnail/request.ts';
import { hall, requestFor } from '../test/thumbnail/pictures.ts';
import { renderers } from '../test/thumbnail/renderers.ts';

const runs = 15;
const limits = { milliseconds: 250, ratio: 1.5, ultraHdMilliseconds: 1000, megabytes: 400 };
const usual = { width: 1280, height: 720 };

const folder = await mkdtemp(path.join(tmpdir(), 'badminton-bench-'));
const renderer = openThumbnailRenderer();
try {
  const [given] = process.argv.slice(2);
  const fullHd = await photoOf(1920, 1080, given);
  const ultraHd = await photoOf(3840, 2160, given);
  await measureFullHd(fullHd);
  await measureUltraHd(ultraHd);
} finally {
  await renderer.close();
  await rm(folder, { recursive: true, force: true });
}

async function measureFullHd(fullHd: string): Promise<void> {
  const times: Record<'alone' | 'layer' | 'photo' | 'text', number[]> = { alone: [], layer: [], photo: [], text: [] };
  const memory = createMemory();
  for (let run = -3; run < runs; run += 1) {
    const sample = {
      alone: await timed(() => photoAlone(fullHd)),
      layer: await timed(() => textLayer(requestFor(fullHd), memory)),
      ...(await newPhotoAndText(fullHd, {}, run)),
    };
    // The first ones warm up.
    if (run >= 0) for (const [key, value] of Object.entries(sample)) times[key as keyof typeof times].push(value);
  }
  const { alone, layer, photo, text } = {
    alone: median(times.alone),
    layer: median(times.layer),
    photo: median(times.photo),
    text: median(times.text),
  };
  console.log(`median of ${runs} runs: the photo alone ${ms(alone)}, the text layer ${ms(layer)}`);
  verdict('1280×720 from a new 1080p frame', photo, limits.milliseconds, 'ms');
  verdict('  against the photo alone and the text layer', photo / (alone + layer), limits.ratio, 'times');
  verdict('  over the photo alone, the text layer taken off', (photo - layer) / alone, limits.ratio, 'times');
  console.log(`  another text on the same frame: ${ms(text)}`);
  await tellMemory();
}

async function measureUltraHd(ultraHd: string): Promise<void> {
  for (const [what, size] of [
    ['1280×720', usual],
    ['as large as it has pixels for', 'auto'],
    ['3840×2160', { width: 3840, height: 2160 }],
  ] as const) {
    const all = [];
    for (let run = 0; run < 5; run += 1) all.push(await newPhotoAndText(ultraHd, { size }, run));
    verdict(`${what} from a new 4K frame`, median(all.map((each) => each.photo)), limits.ultraHdMilliseconds, 'ms');
    console.log(`  another text on the same frame: ${ms(median(all.map((each) => each.text)))}`);
    await tellMemory();
  }
}

/** Of the process that draws, right after its last picture. */
async function tellMemory(): Promise<void> {
  const [child = 0] = await renderers(process.pid);
  verdict('  memory', ((await usageOf(child))?.bytes ?? 0) / 1024 ** 2, limits.megabytes, 'MB');
}

async function newPhotoAndText(file: string, changes: Partial<ThumbnailRequest>, run: number) {
  // A changed file is a different photo to the renderer.
  await utimes(file, 0, 1_000_000 + run);
  const photo = await timed(() => renderer.render(requestFor(file, changes)));
  const text = await timed(() => renderer.render(requestFor(file, { ...changes, date: `2024-12-${20 + (run % 10)}` })));
  return { photo, text };
}

function photoAlone(file: string): Promise<Buffer> {
  return sharp(file).resize(usual).jpeg({ quality: 93, chromaSubsampling: '4:4:4' }).toBuffer();
}

async function textLayer(request: ThumbnailRequest, memory: ReturnType<typeof createMemory>): Promise<void> {
  const { drawing } = await layOut(checkRequest(request), memory, () => {});
  await drawLayer(drawing, 1);
}

/** A drawn hall with camera noise, or the given frame, at that size. */
async function photoOf(width: number, height: number, given: string | undefined): Promise<string> {
  const file = path.join(folder, `${height}p.jpg`);
  const noise = { type: 'gaussian', mean: 128, sigma: 12 } as const;
  const grain = await sharp({ create: { width, height, channels: 3, background: '#808080', noise } })
    .png()
    .toBuffer();
  const drawn = hall(width, height, [0.4, 0.6]).composite([{ input: grain, blend: 'soft-light' }]);
  await (given ? sharp(given).resize(width, height) : drawn).jpeg({ quality: 90 }).toFile(file);
  return file;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function ms(milliseconds: number): string {
  return `${milliseconds.toFixed(0)} ms`;
}

function verdict(what: string, value: number, limit: number, unit: string): void {
  const shown = value.toFixed(unit === 'times' ? 2 : 0);
  console.log(`${what}: ${shown} ${unit}, the limit of ${limit} is ${value <= limit ? 'kept' : 'MISSED'}`);
}
