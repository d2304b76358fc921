import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { drawSampleMatch } from './index.ts';

export const sampleName = 'md_HuyzVietvsThezLeo_Friendly Game.mov';
const drawing = fileURLToPath(new URL('.', import.meta.url));

export interface SampleMatchOptions {
  /** Fraction drawn, 0..1. */
  readonly onProgress: (fraction: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The sample match: drawn once, then reused until the drawing code changes.
 * @throws StageError DECODER_FAILED when the drawing process fails; the signal's reason when aborted
 */
export async function sampleMatch(cacheFolder: string, options: SampleMatchOptions): Promise<string> {
  const hash = createHash('sha256');
  for (const name of readdirSync(drawing).sort()) hash.update(readFileSync(path.join(drawing, name)));
  const folder = path.join(cacheFolder, 'samples', hash.digest('hex').slice(0, 12));
  const file = path.join(folder, sampleName);
  if (existsSync(file)) return file;
  mkdirSync(folder, { recursive: true });
  const draft = path.join(folder, `.draft-${randomUUID()}.mov`);
  try {
    await drawSampleMatch(draft, { creationTime: '2026-11-21T19:30:00+07:00', ...options });
    renameSync(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
  return file;
}
