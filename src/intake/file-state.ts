import { realpath, stat } from 'node:fs/promises';

/**
 * Which file a path leads to, and its state, as a string to compare: if the string differs, the content may differ.
 * Undefined if there is no file. It includes the time of the last status change, because a copying program may set the
 * original's modification time before it has written everything.
 */
export async function fileState(file: string): Promise<string | undefined> {
  try {
    const [real, found] = await Promise.all([realpath(file), stat(file)]);
    if (!found.isFile()) return undefined;
    return [real, found.dev, found.ino, found.size, found.mtimeMs, found.ctimeMs].join('/');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ELOOP'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}
