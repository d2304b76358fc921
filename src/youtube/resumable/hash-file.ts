import { openSource } from './source-file.ts';

/**
 * SHA-256 of a whole file, computed in another thread in constant memory.
 *
 * @returns 64 hexadecimal digits
 * @throws the signal's reason; errors of the file system
 */
export async function hashFile(
  path: string,
  options: {
    readonly signal?: AbortSignal | undefined;
    readonly onProgress?: (fraction: number) => void;
  } = {},
): Promise<string> {
  const { signal, onProgress } = options;
  signal?.throwIfAborted();
  const source = await openSource(path);
  try {
    const { size } = await source.stat();
    return await source.sha256(size, signal, (bytes) => onProgress?.(bytes / size));
  } finally {
    await source.close();
  }
}
