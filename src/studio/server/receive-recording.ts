import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, mkdir, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { isDiskFull } from '../../domain/system-error.ts';
import { isRecordingName } from '../../intake/recordings.ts';
import { RequestError } from './problem.ts';
import type { StudioParts } from './studio-parts.ts';

export interface IncomingRecording {
  readonly name: string;
  readonly bytes: number;
  readonly body: Readable;
  readonly signal: AbortSignal;
}

/** Space to leave free for everything else. */
const spareBytes = 500e6;
const partialEnd = '.upload.part';
/** Milliseconds; a copy in progress is written to all the time. */
const abandonedAfter = 15 * 60_000;

/**
 * Copies a recording into the input folder. It appears there under its name only once it is complete, and never
 * replaces another file.
 * @throws RequestError 400 (name, empty or cut off), 409 (already there), 507 (no space)
 */
export async function receiveRecording(
  { inputFolder, target }: Pick<StudioParts, 'inputFolder' | 'target'>,
  { name, bytes, body, signal }: IncomingRecording,
): Promise<void> {
  checkName(name);
  await mkdir(inputFolder, { recursive: true });
  const file = path.join(inputFolder, name);
  if (existsSync(file)) throw alreadyThere(name);
  if (bytes === 0) throw new RequestError(400, `${name} is empty.`);
  await dropAbandoned(inputFolder);
  const { bavail, bsize } = await statfs(inputFolder);
  // A rehearsal keeps a copy of the recording as well.
  const wanted = bytes * (target === 'local' ? 2 : 1) + spareBytes;
  if (bavail * bsize < wanted) {
    throw new RequestError(
      507,
      `There is not enough space for ${name}: it needs ${gigabytes(wanted)} and there are ${gigabytes(bavail * bsize)} free.`,
    );
  }
  // A hidden name, so that it is not picked up from the watched folder.
  const partial = path.join(inputFolder, `.${randomUUID()}${partialEnd}`);
  try {
    await write(partial, body, bytes, signal);
    await giveName(partial, file).catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'EEXIST' ? alreadyThere(name) : error;
    });
  } finally {
    await rm(partial, { force: true });
  }
}

/**
 * Linking never replaces an existing file. Disks formatted for cameras (exFAT) have no links: there, an empty file
 * reserves the name.
 */
async function giveName(partial: string, file: string): Promise<void> {
  try {
    await link(partial, file);
  } catch (error) {
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes((error as NodeJS.ErrnoException).code ?? ''))
      throw error;
    await (await open(file, 'wx')).close();
    await rename(partial, file);
  }
}

/** A program killed while copying leaves gigabytes behind under a hidden name. */
async function dropAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith('.') || !name.endsWith(partialEnd)) continue;
    const file = path.join(folder, name);
    const written = (await stat(file).catch(() => undefined))?.mtimeMs ?? Date.now();
    if (Date.now() - written > abandonedAfter) await rm(file, { force: true });
  }
}

function checkName(name: string): void {
  const isPlain = path.basename(name) === name && !/[\p{Cc}\\]/u.test(name) && Buffer.byteLength(name) <= 200;
  if (!isPlain || !isRecordingName(name)) {
    throw new RequestError(
      400,
      "A recording's name must end in .mov or .mp4, be at most 200 bytes long and contain no slash.",
    );
  }
}

async function write(partial: string, body: Readable, bytes: number, signal: AbortSignal): Promise<void> {
  const handle = await open(partial, 'wx');
  let written = 0;
  try {
    for await (const chunk of body) {
      signal.throwIfAborted();
      written += chunk.length;
      if (written > bytes) break;
      // Not `write`: on a nearly full disk, it writes only a part and says so only in its result.
      await handle.writeFile(chunk);
    }
    if (written !== bytes) throw new RequestError(400, 'The recording did not arrive completely. Drop it again.');
    await handle.sync();
  } catch (error) {
    if (isDiskFull(error)) throw new RequestError(507, 'The disk is full.');
    throw error;
  } finally {
    await handle.close();
  }
}

const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
const alreadyThere = (name: string) =>
  new RequestError(
    409,
    `${name} is already in the input folder. If this is another match, rename it and drop it again.`,
  );
