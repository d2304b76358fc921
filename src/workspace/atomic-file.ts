import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Writes the whole file, unless there is one already, which stays as it is. */
export function writeFileOnce(file: string, content: string): void {
  const folder = path.dirname(file);
  const temporary = writeTemporary(file, content, 0o644);
  try {
    // Unlike a rename, a link never takes another file's place.
    linkSync(temporary, file);
    flushFolder(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
}

/**
 * Writes the whole file or nothing: a reader sees the old content or the new one, also after a crash. Once it has
 * returned, a power failure cannot bring the old content back either.
 * Synchronous on purpose, so that a caller can hold a database transaction around it. For small records only.
 */
export function writeFileAtomic(file: string, content: string, mode = 0o644): void {
  const temporary = writeTemporary(file, content, mode);
  try {
    renameSync(temporary, file);
    flushFolder(path.dirname(file));
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** The content, safely on the disk, in a new file beside the one that is meant; its path. */
function writeTemporary(file: string, content: string, mode: number): string {
  const folder = path.dirname(file);
  mkdirSync(folder, { recursive: true });
  const temporary = path.join(folder, `.${path.basename(file)}.${randomBytes(6).toString('hex')}.tmp`);
  const descriptor = openSync(temporary, 'wx', mode);
  try {
    // Not writeSync: on a disk that is nearly full it writes a part and says so only by its return value.
    writeFileSync(descriptor, content);
    fsyncSync(descriptor);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  } finally {
    closeSync(descriptor);
  }
  return temporary;
}

/** Not every file system can: Windows opens no folders, some network disks flush none. */
const cannotFlush = ['EISDIR', 'EPERM', 'EINVAL', 'ENOTSUP', 'EBADF'];

/** Without it a new name may still be in memory only. */
export function flushFolder(folder: string): void {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(folder, 'r');
    fsyncSync(descriptor);
  } catch (error) {
    if (!cannotFlush.includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
