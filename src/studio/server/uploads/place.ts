import { existsSync } from 'node:fs';
import { link, open, rename, stat, statfs, utimes } from 'node:fs/promises';
import path from 'node:path';
import { isRecordingName } from '../../../intake/recordings.ts';
import { isSameFile } from '../../../stages/cleanup/names.ts';
import { flushFolder } from '../../../workspace/atomic-file.ts';
import type { PublishTarget } from '../../../workspace/ledger.ts';
import { RequestError } from '../problem.ts';

/** Space to leave free for everything else. */
const spareBytes = 500e6;

/** @throws RequestError 400 for a name that no recording of the input folder may have */
export function checkName(name: string): void {
  const isPlain = path.basename(name) === name && !/[\p{Cc}\\]/u.test(name) && Buffer.byteLength(name) <= 200;
  if (!isPlain || !isRecordingName(name)) {
    throw new RequestError(
      400,
      "A recording's name must end in .mov or .mp4, be at most 200 bytes long and contain no slash.",
    );
  }
}

/** @throws RequestError 409 */
export function requireFreeName(folder: string, name: string): void {
  if (existsSync(path.join(folder, name))) throw alreadyThere(name);
}

/** @param bytes that are yet to arrive, of a recording of `whole` bytes @throws RequestError 507 */
export async function requireRoom(
  folder: string,
  { name, bytes, whole, target }: { name: string; bytes: number; whole: number; target: PublishTarget },
): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  // A rehearsal keeps a copy of the recording besides.
  const wanted = bytes + (target === 'local' ? whole : 0) + spareBytes;
  if (bavail * bsize >= wanted) return;
  throw new RequestError(
    507,
    `There is not enough space for ${name}: it needs ${gigabytes(wanted)} and there are ${gigabytes(bavail * bsize)} free.`,
  );
}

/**
 * Makes what has arrived a recording of the input folder, under a name that no other has. The hidden name may be left;
 * the new one is on the disk before it may go.
 * @param lastModified milliseconds since 1970, which the recording keeps: its day may depend on it
 * @param wasBegun by a program that ended meanwhile: the name may be given already, or be reserved
 * @throws RequestError 409 when the name is taken
 */
export async function putInPlace(
  partial: string,
  file: string,
  { lastModified, wasBegun }: { lastModified?: number | undefined; wasBegun?: boolean | undefined } = {},
): Promise<void> {
  if (lastModified !== undefined) await utimes(partial, new Date(), new Date(lastModified));
  await giveName(partial, file).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
    if (await isSameFile(partial, file)) return;
    if (!wasBegun || (await stat(file)).size > 0) throw alreadyThere(path.basename(file));
    await rename(partial, file);
  });
  flushFolder(path.dirname(file));
}

/**
 * Linking never replaces an existing file. Disks formatted for cameras (exFAT) have no links: there, an empty file
 * reserves the name. Returns whether the old name is still there too.
 * @throws the system's EEXIST when the name is taken
 */
export async function giveName(partial: string, file: string): Promise<boolean> {
  try {
    await link(partial, file);
    return true;
  } catch (error) {
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes((error as NodeJS.ErrnoException).code ?? ''))
      throw error;
    await (await open(file, 'wx')).close();
    await rename(partial, file);
    return false;
  }
}

const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
const alreadyThere = (name: string) =>
  new RequestError(
    409,
    `${name} is already in the input folder. If this is another match, rename it and add it again.`,
  );
