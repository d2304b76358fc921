import { type FileHandle, open } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LogPosition } from './last-lines.ts';

const every = 250;

/**
 * What is added to a file, until the signal is aborted. When the file is rotated, the rest of the old one is read
 * first, and then the new one from its beginning; a file that is not there yet is waited for.
 */
export async function* followLog(
  file: string,
  from: LogPosition | undefined,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  let current = await openLog(file);
  const isSame = current !== undefined && from !== undefined && (await current.stat()).ino === from.inode;
  let position = isSame ? from.bytes : 0;
  let next: FileHandle | undefined;
  try {
    while (!signal.aborted) {
      const { buffer, bytesRead } = (await current?.read(Buffer.alloc(65_536), 0, 65_536, position)) ?? nothing;
      position += bytesRead;
      if (bytesRead > 0) {
        yield buffer.subarray(0, bytesRead);
      } else if (next) {
        await current?.close();
        current = next;
        next = undefined;
        position = 0;
      } else {
        next = await successor(current, file);
        // Until then, more may have been written to the old one: it is read once more before the new one.
        if (!next) await sleep(every, undefined, { signal }).catch(() => undefined);
      }
    }
  } finally {
    await current?.close();
    await next?.close();
  }
}

/** The file that has taken the place of the one that is open; undefined if it is still the same, or none has. */
async function successor(current: FileHandle | undefined, file: string): Promise<FileHandle | undefined> {
  const found = await openLog(file);
  if (!found || !current || (await found.stat()).ino !== (await current.stat()).ino) return found;
  await found.close();
  return undefined;
}

const nothing = { buffer: Buffer.alloc(0), bytesRead: 0 };

const openLog = (file: string): Promise<FileHandle | undefined> =>
  open(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
