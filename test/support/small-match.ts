import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { drawSampleMatch } from '../../src/sample-match/index.ts';

const drawing = fileURLToPath(new URL('../../src/sample-match', import.meta.url));

export interface SmallMatchOptions {
  /** Recordings of different seeds have different contents. */
  readonly seed?: number;
  readonly seconds?: number;
  readonly width?: number;
  readonly height?: number;
  /** YYYY-MM-DD. */
  readonly day?: string;
}

/** Writes a small drawn recording to `file`; drawn once per machine and kind of drawing, then copied. */
export async function smallMatch(file: string, options: SmallMatchOptions = {}): Promise<string> {
  const { seed = 1, seconds = 4, width = 320, height = 180, day = '2026-11-21' } = options;
  const hash = createHash('sha256');
  for (const name of readdirSync(drawing).sort()) hash.update(readFileSync(path.join(drawing, name)));
  const folder = path.join(tmpdir(), `badminton-small-matches-${hash.digest('hex').slice(0, 12)}`);
  mkdirSync(folder, { recursive: true });
  const drawn = path.join(folder, `${seed}-${seconds}-${width}x${height}-${day}.mov`);
  if (!existsSync(drawn)) {
    const draft = path.join(folder, `.${process.pid}-${seed}.mov`);
    const creationTime = `${day}T19:30:00+07:00`;
    await drawSampleMatch(draft, { seed, seconds, width, height, creationTime });
    renameSync(draft, drawn);
  }
  mkdirSync(path.dirname(file), { recursive: true });
  copyFileSync(drawn, file);
  return file;
}
