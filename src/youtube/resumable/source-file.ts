import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import type { WriteBytes } from './exchange.ts';

/** Bytes read and sent at a time; two such buffers are all the memory an upload holds. */
const blockBytes = 262_144;

/** The file under upload, opened once, so that a rename does not change what is sent. */
export interface SourceFile {
  /** Size and modification time as they are now. */
  stat(): Promise<{ size: number; modifiedNs: string }>;
  /** Writes the bytes `from` ≤ n < `to`, reading the next block while one is on its way. `beforeLast` runs before the last block leaves. */
  send(from: number, to: number, write: WriteBytes, beforeLast: () => Promise<void>): Promise<void>;
  /** Hexadecimal SHA-256 of the first `size` bytes, when all of them have passed `send` in this process. */
  sha256(size: number): string | undefined;
  close(): Promise<void>;
}

/** A file that became shorter while it was read. */
export class FileTruncatedError extends Error {
  override readonly name = 'FileTruncatedError';
}

export async function openSource(path: string): Promise<SourceFile> {
  const file = await open(path, 'r');
  const hash = createHash('sha256');
  const buffers = [Buffer.allocUnsafeSlow(blockBytes), Buffer.allocUnsafeSlow(blockBytes)] as const;
  let hashed = 0;

  /** Bytes sent again after an interruption are hashed once; bytes that were never seen here leave a gap for good. */
  const addToHash = (position: number, bytes: Buffer) => {
    const unseen = hashed - position;
    if (unseen < 0 || unseen >= bytes.length) return;
    hash.update(bytes.subarray(unseen));
    hashed = position + bytes.length;
  };

  return {
    async stat() {
      const { size, mtimeNs } = await file.stat({ bigint: true });
      return { size: Number(size), modifiedNs: String(mtimeNs) };
    },

    async send(from, to, write, beforeLast) {
      let written: Promise<void> = Promise.resolve();
      for (let position = from, turn = 0; position < to; turn += 1) {
        const buffer = turn % 2 === 0 ? buffers[0] : buffers[1];
        const block = buffer.subarray(0, Math.min(blockBytes, to - position));
        await readFully(file, block, position);
        if (position + block.length === to) await beforeLast();
        addToHash(position, block);
        await written;
        written = write(block);
        written.catch(() => {});
        position += block.length;
      }
      await written;
    },

    sha256: (size) => (hashed === size ? hash.copy().digest('hex') : undefined),
    close: () => file.close(),
  };
}

async function readFully(file: FileHandle, block: Buffer, position: number): Promise<void> {
  let filled = 0;
  while (filled < block.length) {
    const { bytesRead } = await file.read(block, filled, block.length - filled, position + filled);
    if (bytesRead === 0) throw new FileTruncatedError();
    filled += bytesRead;
  }
}
