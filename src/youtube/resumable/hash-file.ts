import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/**
 * SHA-256 of a whole file, streamed.
 *
 * @returns 64 hexadecimal digits
 * @throws the signal's reason; errors of the file system
 */
export async function hashFile(
  path: string,
  options: { signal?: AbortSignal | undefined; onProgress?: ((hashedBytes: number) => void) | undefined } = {},
): Promise<string> {
  const { signal, onProgress } = options;
  signal?.throwIfAborted();
  const hash = createHash('sha256');
  let hashed = 0;
  for await (const block of createReadStream(path, { highWaterMark: 1_048_576 }) as AsyncIterable<Buffer>) {
    signal?.throwIfAborted();
    hash.update(block);
    hashed += block.length;
    onProgress?.(hashed);
  }
  return hash.digest('hex');
}
