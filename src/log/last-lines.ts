import { open } from 'node:fs/promises';

export interface LogEnd {
  readonly text: string;
  /** What `followLog` continues from; undefined if there is no such file. */
  readonly end?: LogPosition;
}

/** A place in a file that may be rotated, by its inode. */
export interface LogPosition {
  readonly inode: number;
  readonly bytes: number;
}

const mostBytes = 4_000_000;

/** The last lines of a file, of at most 4 MB. */
export async function lastLines(file: string, count: number): Promise<LogEnd> {
  const opened = await open(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!opened) return { text: '' };
  try {
    const { size, ino: inode } = await opened.stat();
    const length = Math.min(size, mostBytes);
    const { buffer, bytesRead } = await opened.read(Buffer.alloc(length), 0, length, size - length);
    const lines = buffer.toString('utf8', 0, bytesRead).split(/(?<=\n)/);
    return { text: count === 0 ? '' : lines.slice(-count).join(''), end: { inode, bytes: size - length + bytesRead } };
  } finally {
    await opened.close();
  }
}
