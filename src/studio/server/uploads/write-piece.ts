import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { writeAll } from '../../../http/write-all.ts';

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
