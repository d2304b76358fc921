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
