import type { FileHandle } from 'node:fs/promises';

/** Writes all of it at `position`: on a disk that is nearly full, a single write takes a part only, and says so by its result. */
export async function writeAll(handle: FileHandle, data: Uint8Array, position: number): Promise<void> {
  for (let written = 0; written < data.length; ) {
    const { bytesWritten } = await handle.write(data, written, data.length - written, position + written);
    written += bytesWritten;
  }
}
