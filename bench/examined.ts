import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { openPoseFinder, type Person, type Scrutiny } from '../src/pose/index.ts';
import { type Scan, scanRecording } from '../src/stages/rank/scan.ts';
import type { Variant } from './ranking-variants.ts';
import { type RatedFrame, writeTimeLapse } from './rated-frames.ts';

/** A variant of the rated match as the stage sees it: its scan, and everything the pose model could be asked. */
export interface Examined {
  readonly scan: Scan;
  /** As in a book of sightings: the look's index and attention, and who was found. */
  readonly people: readonly (readonly [string, readonly Person[]])[];
}

/** Changes whenever a scan of the same frames, or what the model sees in it, would be different. */
const edition = '1';
const attentions: readonly Scrutiny[] = ['close', 'mirrored', 'brief'];
const folder = path.join(tmpdir(), 'badminton-bench-examined');

/**
 * Examines every look of a variant in every way, once; the answers are cached in the temporary folder, so that weights
 * can be tried without the model.
 */
export async function examined(variant: Variant, frames: readonly RatedFrame[]): Promise<Examined> {
  const files = frames.map(({ file }) => file).join();
  const name = createHash('sha256').update(`${edition} ${variant.name} ${files}`).digest('hex').slice(0, 16);
  const kept = path.join(folder, `${name}.bin`);
  const before = await readFile(kept).catch(() => undefined);
  if (before) return deserialize(before);
  await mkdir(folder, { recursive: true });
  const draft = path.join(folder, `${name}.${process.pid}`);
  try {
    await writeTimeLapse(`${draft}.mov`, frames, variant.change ?? ((picture) => picture), variant.coding);
    const found = await examine(`${draft}.mov`);
    await writeFile(draft, serialize(found));
    await rename(draft, kept);
    return found;
  } finally {
    await rm(`${draft}.mov`, { force: true });
    await rm(draft, { force: true });
  }
}

async function examine(file: string): Promise<Examined> {
  const { signal } = new AbortController();
  const scan = await scanRecording(file, signal, () => {});
  const finder = openPoseFinder({ signal, expected: attentions.length * scan.pictures.length });
  try {
    const asked = scan.pictures.flatMap((picture, index) =>
      attentions.map(async (attention) => [`${index} ${attention}`, await finder.find(picture, attention)] as const),
    );
    return { scan, people: await Promise.all(asked) };
  } finally {
    await finder.close();
  }
}
