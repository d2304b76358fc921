import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { link, open, rename, rm, stat, unlink, utimes } from 'node:fs/promises';
import path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { StageError } from '../../domain/errors.ts';
import { requireFreeSpace } from '../prepare/free-space.ts';

export interface MoveOptions {
  /** The hash the content must have. */
  readonly sha256: string;
  readonly signal: AbortSignal;
  readonly onProgress: (fraction: number) => void;
  /** The last moment to refuse. */
  readonly beforeRename: () => void;
}

/**
 * Moves a file; never over another one. Within a file system it is renamed; to another one it is copied, the copy is
 * read back and compared by hash, and only then the source is removed. Safe to repeat after a crash at any point.
 */
export async function moveFile(source: string, target: string, options: MoveOptions): Promise<void> {
  if (!existsSync(source) && existsSync(target)) return;
  options.beforeRename();
  try {
    // A hard link fails when the target exists, where a rename would replace it.
    await link(source, target);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') {
      // What an earlier attempt that was killed before its last step has left: the whole recording, twice.
      const moved = (await isSameFile(source, target)) || (await hashOf(target, options.signal)) === options.sha256;
      if (moved) return unlink(source);
      throw occupied(target, error);
    }
    return copyAcross(source, target, options);
  }
  await unlink(source);
}

/** The path itself, or with ` (2)`, ` (3)` … before the extension when something stands there. */
export async function freeName(file: string): Promise<string> {
  const { dir, name, ext } = path.parse(file);
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? file : path.join(dir, `${name} (${number})${ext}`);
    if (!existsSync(candidate)) return candidate;
  }
}

async function copyAcross(source: string, target: string, options: MoveOptions): Promise<void> {
  const { size, atime, mtime } = await stat(source);
  await requireFreeSpace(path.dirname(target), size);
  const partial = path.join(path.dirname(target), `.${path.basename(target)}.partial`);
  try {
    let copied = 0;
    const count = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        copied += chunk.length;
        options.onProgress((copied / size) * 0.6);
        done(null, chunk);
      },
    });
    await pipeline(createReadStream(source), count, createWriteStream(partial), { signal: options.signal });
    await flush(partial);
    if ((await hashOf(partial, options.signal)) !== options.sha256) {
      throw new StageError('FILE_CHANGED', `The copy of ${source} differs from what was published.`, {
        remedy: 'fix',
        action: 'The recording was left where it is. Check that nothing writes to it, then retry.',
      });
    }
    await utimes(partial, atime, mtime);
    options.beforeRename();
    await rename(partial, target);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
  await unlink(source);
}

async function hashOf(file: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash, { signal });
  return hash.digest('hex');
}

async function flush(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function isSameFile(a: string, b: string): Promise<boolean> {
  const [left, right] = await Promise.all([stat(a), stat(b)]);
  return left.ino === right.ino && left.dev === right.dev;
}

function occupied(target: string, cause: unknown): StageError {
  return new StageError('FOLDER_UNUSABLE', `${target} exists already and is another file.`, {
    remedy: 'fix',
    action: 'Move that file elsewhere, then retry.',
    cause,
  });
}
