import { mkdir, open, readFile, rename, stat, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Copies a recording as programs and phones do, in pieces, with pauses: `node copier.ts PATTERN SOURCE TARGET PAUSE_MS`. */
const [pattern = '', source = '', target = '', pauseText = '0'] = process.argv.slice(2);
const pause = () => sleep(Number(pauseText));
const pieces = 5;
const content = await readFile(source);
const cut = (piece: number) => Math.floor((content.length * piece) / pieces);

/** Writes the pieces with these numbers, each in its place, with a pause after each. */
async function fill(file: string, numbers: readonly number[]): Promise<void> {
  const handle = await open(file, 'r+');
  for (const piece of numbers) {
    const [from, to] = [cut(piece), cut(piece + 1)];
    await handle.write(content, from, to - from, from);
    await pause();
  }
  await handle.close();
}

async function create(file: string, size = 0): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, '');
  await truncate(file, size);
}

const all = Array.from({ length: pieces }, (_, piece) => piece);
const inSpool = (name: string) => path.join(path.dirname(target), '..', 'spool', path.basename(target), name);

const patterns: Record<string, () => Promise<void>> = {
  /** The Finder on a network folder: the size first, the original's time last. */
  async preallocated() {
    await create(target, content.length);
    await pause();
    await fill(target, all);
    const { atime, mtime } = await stat(source);
    await utimes(target, atime, mtime);
  },
  async backwards() {
    await create(target, content.length);
    await fill(target, all.toReversed());
  },
  async 'broken off'() {
    await create(target, content.length);
    await fill(target, all.slice(0, 2));
  },
  async growing() {
    await create(target);
    await pause();
    await fill(target, all);
  },
  async renamed() {
    const part = `${target}.part`;
    await create(part, content.length);
    await fill(part, all);
    await rename(part, target);
  },
  /** Browsers: an empty file holds the name. */
  async placeholder() {
    await create(target);
    const part = `${target}.part`;
    await create(part);
    await fill(part, all);
    await rename(part, target);
  },
  async link() {
    const [copy, done] = [inSpool('copy.mov'), inSpool('done.mov')];
    await create(copy, content.length);
    await symlink(copy, target);
    await fill(copy, all);
    await rename(copy, done);
    await pause();
    await symlink(done, `${target}.link`);
    await rename(`${target}.link`, target);
  },
};
await patterns[pattern]?.();
