import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, type Stats } from 'node:fs';
import { link, open, realpath, rm, stat, unlink, utimes } from 'node:fs/promises';
import path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { StageError } from '../../domain/errors.ts';
import { requireFreeSpace } from '../prepare/free-space.ts';
import { finishRemoval, giveName, type IsMine, isSameFile, isThere, removeName } from './names.ts';

export interface MoveOptions {
  /** The expected hash of the content. */
  readonly sha256: string;
  readonly signal: AbortSignal;
  readonly onProgress: (fraction: number) => void;
  /** Whether a file holds the recording, by what can be seen quickly. */
  readonly isRecording: IsMine;
  /** The last chance to refuse. */
  readonly beforeRename: () => void;
}

/** How much of the progress is copying; the rest is reading the copy back. */
const copyShare = 0.6;

/**
 * Moves a recording, never over another file: returns false if one is there. Within a file system it is renamed; to a
 * different one it is copied, the copy is read back and compared by hash, and only then is the source removed. What
 * somebody puts in the source's place meanwhile stays there. Safe to repeat after a crash at any point.
 * @throws StageError FILE_MISSING, FILE_CHANGED, NO_SPACE, FOLDER_UNUSABLE
 */
export async function moveFile(source: string, target: string, options: MoveOptions): Promise<boolean> {
  options.beforeRename();
  await finishMove(source, target, options);
  const [from, to] = await Promise.all([statOf(source), statOf(target)]);
  if (!from) {
    if (to) return true;
    throw missing(source);
  }
  options.beforeRename();
  if (to) return finishEarlierMove({ source, from }, { target, to }, options);
  try {
    // A hard link fails if the target exists, whereas a rename would replace it.
    await link(await realpath(source), target);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    return copyAcross(source, target, options);
  }
  if (!(await options.isRecording(target))) {
    if (await isSameFile(source, target)) await unlink(target);
    throw replaced(source);
  }
  await removeName(source, (file) => isSameFile(file, target));
  return true;
}

/** Removes what a move that was killed at its last step has left at the source. */
export async function finishMove(
  source: string,
  target: string,
  options: Pick<MoveOptions, 'isRecording'>,
): Promise<void> {
  await finishRemoval(source, isPutAway(target, options));
}

/** Only where the other place has it may its name be removed here. */
const isPutAway =
  (target: string, { isRecording }: Pick<MoveOptions, 'isRecording'>): IsMine =>
  async (file) =>
    (await isThere(target)) && (await isRecording(file));

/** What an attempt killed before its last step leaves behind: the whole recording, twice. */
async function finishEarlierMove(
  { source, from }: { source: string; from: Stats },
  { target, to }: { target: string; to: Stats },
  options: MoveOptions,
): Promise<boolean> {
  const { sha256, signal, onProgress } = options;
  if (from.ino === to.ino && from.dev === to.dev) {
    // Two names for one file, or the same name spelt in two ways: the last name is never removed.
    const isOneName = from.nlink < 2 || (await realpath(source)) === (await realpath(target));
    if (!isOneName) await removeName(source, (file) => isSameFile(file, target));
    return true;
  }
  if (from.size !== to.size || (await hashOf(target, signal, onProgress)) !== sha256) return false;
  await removeName(source, isPutAway(target, options));
  return true;
}

async function copyAcross(source: string, target: string, options: MoveOptions): Promise<boolean> {
  const { size, atime, mtime } = await stat(source);
  const folder = path.dirname(target);
  await requireFreeSpace(folder, size, 'BADMINTON_COMPLETED_DIR');
  // Named after the content: two recordings with the same name may be in transit at the same time.
  const partial = path.join(folder, `.${options.sha256.slice(0, 16)}.partial`);
  try {
    let copied = 0;
    const count = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        copied += chunk.length;
        options.onProgress((copied / size) * copyShare);
        done(null, chunk);
      },
    });
    await pipeline(createReadStream(source), count, createWriteStream(partial), { signal: options.signal });
    await flush(partial, 'r+');
    const checked = (fraction: number) => options.onProgress(copyShare + (1 - copyShare) * fraction);
    if ((await hashOf(partial, options.signal, checked)) !== options.sha256) throw differs(source);
    await utimes(partial, atime, mtime);
    options.beforeRename();
    if (!(await giveName(partial, target))) return false;
    // The source must not be removed before the new name is on disk.
    await flush(folder, 'r');
  } finally {
    await rm(partial, { force: true });
  }
  await removeName(source, isPutAway(target, options));
  return true;
}

async function hashOf(file: string, signal: AbortSignal, onProgress: (fraction: number) => void): Promise<string> {
  const hash = createHash('sha256');
  const { size } = await stat(file);
  let read = 0;
  const count = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      read += chunk.length;
      onProgress(read / size);
      yield chunk;
    }
  };
  await pipeline(createReadStream(file), count, hash, { signal });
  return hash.digest('hex');
}

async function flush(file: string, flags: 'r' | 'r+'): Promise<void> {
  const handle = await open(file, flags);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function statOf(file: string): Promise<Stats | undefined> {
  try {
    return await stat(file);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code;

function missing(source: string): StageError {
  return new StageError('FILE_MISSING', `The recording ${source} is gone.`, {
    remedy: 'fix',
    action: 'Put the recording back, then retry; or cancel, since it is already published.',
  });
}

function replaced(source: string): StageError {
  return new StageError('FILE_CHANGED', `Another recording has taken the place of ${source}.`, {
    remedy: 'fix',
    action: 'It was left where it is. Cancel this video, since it is already published; the other one can be started.',
  });
}

function differs(source: string): StageError {
  return new StageError('FILE_CHANGED', `The copy of ${source} differs from what was published.`, {
    remedy: 'fix',
    action: 'The recording was left where it is. Make sure that nothing is writing to it, then retry.',
  });
}
