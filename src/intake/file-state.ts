import { realpath, stat } from 'node:fs/promises';

/**
 * What file a path leads to and in what state, as a text to compare: another text, another content, or so it may be.
 * Undefined where there is no file. The time of the last change of the file's entry is in it because a copying program
 * may give the modification time of the original before it has written everything.
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
