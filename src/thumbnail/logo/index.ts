import { runTask } from '../../child/run-task.ts';
import { sortOf, unusable } from './sort.ts';

export { largestLogo } from './sort.ts';

/**
 * The pixels of an uploaded logo as a new PNG. The picture may be hostile: it is decoded in a child process with little
 * memory and time.
 * @throws StageError PICTURE_UNREADABLE; the signal's reason
 */
export async function cleanLogo(bytes: Buffer, signal?: AbortSignal): Promise<Buffer> {
  sortOf(bytes);
  const png = await runTask<{ bytes: Uint8Array }, never, Uint8Array>(
    new URL('./clean-task.ts', import.meta.url),
    { bytes },
    {
      failed: (what) => unusable('cannot be read', new Error(String(what))),
      signal,
      ...{ stallTimeoutMs: 20_000, stepSeconds: 10, memoryLimitBytes: 1024 ** 3 },
    },
  );
  return Buffer.from(png);
}
