import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Writes the whole file or nothing: a reader sees the old content or the new one, also after a crash. Once it has
 * returned, a power failure cannot bring the old content back either.
 * Synchronous on purpose, so that a caller can hold a database transaction around it. For small records only.
 */
export function writeFileAtomic(file: string, content: string, mode = 0o644): void {
  const folder = path.dirname(file);
  mkdirSync(folder, { recursive: true });
  const temporary = path.join(folder, `.${path.basename(file)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    const descriptor = openSync(temporary, 'wx', mode);
    try {
      // Not writeSync: on a disk that is nearly full it writes a part and says so only by its return value.
      writeFileSync(descriptor, content);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, file);
    flushFolder(folder);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Not every file system can: Windows opens no folders, some network disks flush none. */
const cannotFlush = ['EISDIR', 'EPERM', 'EINVAL', 'ENOTSUP', 'EBADF'];

/** Without it the new name may still be in memory only. */
function flushFolder(folder: string): void {
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
