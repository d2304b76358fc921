import { openSource } from './source-file.ts';

/**
 * SHA-256 of a whole file, computed in another thread in constant memory.
 *
 * @returns 64 hexadecimal digits
 * @throws the signal's reason; errors of the file system
 */
export async function hashFile(path: string, options: { signal?: AbortSignal | undefined } = {}): Promise<string> {
  const { signal } = options;
  signal?.throwIfAborted();
  const source = await openSource(path);
  try {
    return await source.sha256((await source.stat()).size, signal);
  } finally {
    await source.close();
  }
}
