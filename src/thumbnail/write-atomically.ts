import { open, rename } from 'node:fs/promises';
import { pictureNotWritten } from '../domain/picture-not-written.ts';

/**
 * Writes `bytes` to `path` atomically, readable by everybody (mode 0644).
 * @param temporary a path in the same folder that nothing else uses; it may remain when this fails
 * @throws StageError NO_SPACE or FOLDER_UNUSABLE
 */
export async function writeAtomically(path: string, temporary: string, bytes: Buffer): Promise<void> {
  try {
    const file = await open(temporary, 'wx', 0o644);
    try {
      await file.writeFile(bytes);
      // Set separately from open's mode, which the process's umask may narrow.
      await file.chmod(0o644);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (cause) {
    throw pictureNotWritten(path, cause as NodeJS.ErrnoException);
  }
}
