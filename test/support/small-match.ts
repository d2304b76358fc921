import { createHash, randomUUID } from 'node:crypto';
import { appendFileSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { drawSampleMatch, type SampleOptions } from '../../src/sample-match/index.ts';

const drawingCode = fileURLToPath(new URL('../../src/sample-match', import.meta.url));

export interface SmallMatchOptions {
  /** Recordings of different seeds have different contents; from 100 on, some show the same match. */
  readonly seed?: number;
  readonly seconds?: number;
  readonly width?: number;
  readonly height?: number;
  /** YYYY-MM-DD. */
  readonly day?: string;
}

/** How many matches the recordings of seeds from 100 on show. */
const sharedDrawings = 6;

const beingDrawn = new Map<string, Promise<void>>();

/** Other processes may draw the same at the same time: the last one stays. */
async function drawOnce(drawn: string, options: SampleOptions): Promise<void> {
  const draft = `${drawn}.${randomUUID()}.mov`;
  await drawSampleMatch(draft, options);
  renameSync(draft, drawn);
}

/** Writes a small drawn recording to `file`; drawn once per machine and kind of drawing, then copied. */
export async function smallMatch(file: string, options: SmallMatchOptions = {}): Promise<string> {
  const { seed = 1, seconds = 4, width = 320, height = 180, day = '2026-11-21' } = options;
  const hash = createHash('sha256');
  for (const name of readdirSync(drawingCode).sort()) hash.update(readFileSync(path.join(drawingCode, name)));
  const folder = path.join(tmpdir(), `badminton-small-matches-${hash.digest('hex').slice(0, 12)}`);
  mkdirSync(folder, { recursive: true });
  const isShared = seed >= 100;
  const drawing = isShared ? 100 + (seed % sharedDrawings) : seed;
  const drawn = path.join(folder, `${drawing}-${seconds}-${width}x${height}-${day}.mov`);
  if (!existsSync(drawn)) {
    const creationTime = `${day}T19:30:00+07:00`;
    const draw = () => drawOnce(drawn, { seed: drawing, seconds, width, height, creationTime });
    if (!beingDrawn.has(drawn)) beingDrawn.set(drawn, draw());
    await beingDrawn.get(drawn);
  }
  mkdirSync(path.dirname(file), { recursive: true });
  copyFileSync(drawn, file);
  if (isShared) appendFileSync(file, freeAtom(Buffer.from(String(seed))));
  return file;
}

/** Unused space of a QuickTime file (QuickTime File Format, "Free Space Atoms"): size, type, anything. */
export function freeAtom(content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + content.length);
  head.write('free', 4, 'latin1');
  return Buffer.concat([head, content]);
}
