import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { writeAtomically } from './write-atomically.ts';

/**
 * Writes a picture to `path` atomically, and leaves nothing else there.
 * @throws StageError NO_SPACE or FOLDER_UNUSABLE
 */
export async function writePicture(path: string, bytes: Buffer): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);
  try {
    await writeAtomically(path, temporary, bytes);
  } finally {
    await rm(temporary, { force: true });
  }
}
