import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Writes the whole file, unless it already exists; then leaves it unchanged. */
export function writeFileOnce(file: string, content: string): void {
  const folder = path.dirname(file);
  const temporary = writeTemporary(file, content, 0o644);
  try {
    // Unlike a rename, a link never replaces another file.
    linkSync(temporary, file);
    flushFolder(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
}

/**
 * Writes the whole file or nothing: a reader sees either the old or the new content, even after a crash. Once it has
 * returned, not even a power failure can bring the old content back. Synchronous on purpose, so that a caller can hold
 * a database transaction around it. For small records only.
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

/** Writes the content safely to disk in a new file next to the intended one, and returns its path. */
function writeTemporary(file: string, content: string, mode: number): string {
  const folder = path.dirname(file);
  mkdirSync(folder, { recursive: true });
  const temporary = path.join(folder, `.${path.basename(file)}.${randomBytes(6).toString('hex')}.tmp`);
  const descriptor = openSync(temporary, 'wx', mode);
  try {
    // Not writeSync: on a nearly full disk it writes only a part, and only its return value shows that.
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

/** Not every system can flush folders: Windows cannot open them, and some network disks cannot flush them. */
const cannotFlush = ['EISDIR', 'EPERM', 'EINVAL', 'ENOTSUP', 'EBADF'];

/** Without this, a new name may exist only in memory. */
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
