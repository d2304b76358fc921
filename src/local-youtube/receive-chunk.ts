import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { writeAll } from '../http/write-all.ts';

/** Milliseconds without a byte after which a sender counts as gone and the session is free for another. */
const idleMs = 30_000;

export interface Received {
  /** Bytes written to the file. */
  readonly bytes: number;
  /** `longer`: more came than was announced; what was written does not count. `limit`: stopped there on purpose. */
  readonly end: 'whole' | 'cut' | 'longer' | 'limit';
}

/**
 * Streams a request's body into a file at `start`, at the speed of the disk.
 *
 * @param limit bytes after which to stop reading, for faults
 */
export async function receiveChunk(
  incoming: IncomingMessage,
  file: string,
  chunk: { start: number; length: number; limit?: number | undefined },
): Promise<Received> {
  const { start, length, limit = Number.POSITIVE_INFINITY } = chunk;
  const part = await open(file, constants.O_RDWR | constants.O_CREAT, 0o600);
  const giveUp = () => incoming.socket.destroy();
  incoming.socket.setTimeout(idleMs, giveUp);
  let bytes = 0;
  try {
    for await (const data of incoming.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      if (bytes + data.length > length) return { bytes, end: 'longer' };
      const wanted = data.subarray(0, limit - bytes);
      await writeAll(part, wanted, start + bytes);
      bytes += wanted.length;
      if (bytes >= limit) return { bytes, end: 'limit' };
    }
    return { bytes, end: bytes === length ? 'whole' : 'cut' };
  } catch (error) {
    if (incoming.destroyed || incoming.errored) return { bytes, end: 'cut' };
    throw error;
  } finally {
    incoming.socket.off('timeout', giveUp);
    incoming.socket.setTimeout(0);
    await part.close();
  }
}
