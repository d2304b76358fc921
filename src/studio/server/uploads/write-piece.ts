import { type FileHandle, open } from 'node:fs/promises';
import type { Readable } from 'node:stream';

export interface WrittenPiece {
  /** Where the bytes end that are on the disk. */
  readonly end: number;
  /** Why not everything came, or not everything could be written. */
  readonly problem?: unknown;
}

/**
 * Writes what arrives into a file from `offset` on. Returns when it is on the disk, also when the sender or the disk
 * failed half-way: what arrived before need not be sent again.
 * @throws what keeps the bytes from reaching the disk
 */
export async function writePiece(file: string, offset: number, body: Readable): Promise<WrittenPiece> {
  const handle = await open(file, 'r+');
  try {
    let end = offset;
    let failure: { problem: unknown } | undefined;
    try {
      for await (const chunk of body) {
        await writeAll(handle, chunk, end);
        end += chunk.length;
      }
    } catch (problem) {
      failure = { problem };
      // On a full disk this makes the room to write down how far it got.
      await handle.truncate(end);
    }
    await handle.sync();
    return { end, ...failure };
  } finally {
    await handle.close();
  }
}

/** On a disk that is nearly full a single write takes a part only, and says so by its result. */
async function writeAll(handle: FileHandle, chunk: Buffer, position: number): Promise<void> {
  let written = 0;
  while (written < chunk.length) {
    const { bytesWritten } = await handle.write(chunk, written, chunk.length - written, position + written);
    written += bytesWritten;
  }
}
