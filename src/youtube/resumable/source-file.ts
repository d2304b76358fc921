import { open } from 'node:fs/promises';
import type { WriteBytes } from './exchange.ts';
import { useReaderThread } from './reader-thread.ts';

/** Bytes read at a time, and how many such blocks there are: all the memory an upload uses. */
const blockBytes = 1_048_576;
const blockCount = 4;

export interface FileState {
  readonly size: number;
  /** Nanoseconds since the epoch, as a decimal string. */
  readonly modifiedNs: string;
}

/** The file under upload, opened once, so that a rename does not change what is sent. */
export interface SourceFile {
  /** Size and modification time as they are now. */
  stat(): Promise<FileState>;
  /**
   * Writes the bytes `from` ≤ n < `to`, reading ahead of what is being sent. `beforeLast` runs before the last block
   * leaves.
   * @throws FileTruncatedError; what `write` and `beforeLast` throw
   */
  send(from: number, to: number, write: WriteBytes, beforeLast: () => Promise<void>): Promise<void>;
  /**
   * Hexadecimal SHA-256 of the first `size` bytes; those that went through `send` are not read again.
   * @param underway called repeatedly with the number of bytes read so far
   * @throws FileTruncatedError; the signal's reason
   */
  sha256(size: number, signal?: AbortSignal, underway?: (bytes: number) => void): Promise<string>;
  close(): Promise<void>;
}

let lastFile = 0;

export async function openSource(path: string): Promise<SourceFile> {
  const handle = await open(path, 'r');
  const reader = useReaderThread();
  const blocks = Array.from({ length: blockCount }, () => new SharedArrayBuffer(blockBytes));
  const views = blocks.map((block) => Buffer.from(block));
  lastFile += 1;
  const file = lastFile;
  // Not awaited: the thread starts while the session is being opened, and answers in order.
  reader.ask({ kind: 'open', file, descriptor: handle.fd, blocks }).catch(() => {});

  const read = async (block: number, position: number, bytes: number): Promise<Buffer> => {
    await reader.ask({ kind: 'read', file, block, position, bytes });
    return (views[block] as Buffer).subarray(0, bytes);
  };

  return {
    async stat() {
      const { size, mtimeNs } = await handle.stat({ bigint: true });
      return { size: Number(size), modifiedNs: String(mtimeNs) };
    },

    async send(from, to, write, beforeLast) {
      const ahead: Promise<Buffer>[] = [];
      let next = from;
      let turn = 0;
      const readAhead = () => {
        // One block is with the writer, the others are being filled.
        while (ahead.length < blockCount - 1 && next < to) {
          const bytes = Math.min(blockBytes, to - next);
          const reading = read(turn % blockCount, next, bytes);
          reading.catch(() => {});
          ahead.push(reading);
          turn += 1;
          next += bytes;
        }
      };
      try {
        for (readAhead(); ahead.length > 0; readAhead()) {
          const block = await (ahead[0] as Promise<Buffer>);
          if (ahead.length === 1 && next === to) await beforeLast();
          await write(block);
          ahead.shift();
        }
      } finally {
        // A block that is still being filled must not be taken for the next chunk.
        await Promise.allSettled(ahead);
      }
    },

    async sha256(size, signal, underway) {
      signal?.throwIfAborted();
      const aborted = Promise.withResolvers<never>();
      const abort = () => aborted.reject(signal?.reason);
      signal?.addEventListener('abort', abort, { once: true });
      try {
        return (await Promise.race([reader.ask({ kind: 'digest', file, size }, underway), aborted.promise])) as string;
      } finally {
        signal?.removeEventListener('abort', abort);
      }
    },

    async close() {
      // The thread must have released the descriptor first: its number is given to the next file that is opened.
      await reader.ask({ kind: 'close', file }).catch(() => {});
      reader.release();
      await handle.close();
    },
  };
}
