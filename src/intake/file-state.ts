import { realpath, stat } from 'node:fs/promises';

/** What tells a file that was moved away and put back from one that only got another time. */
export interface FileEntry {
  /** Another one: another file at this path. */
  readonly file: string;
  readonly modified: number;
}

export async function fileEntry(path: string): Promise<FileEntry> {
  const { dev, ino, birthtimeMs, mtimeMs } = await stat(path);
  return { file: [dev, ino, birthtimeMs].join('/'), modified: mtimeMs };
}

/** The same file, which a program gave another time; one that was moved keeps its own. */
export const isOnlyTouched = (before: FileEntry, after: FileEntry) =>
  before.file === after.file && before.modified !== after.modified;

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
