import { mkdir, statfs } from 'node:fs/promises';
import { StageError } from '../../domain/errors.ts';

/**
 * @param setting the setting that names the folder
 * @throws StageError NO_SPACE, FOLDER_UNUSABLE
 */
export async function requireFreeSpace(
  folder: string,
  neededBytes: number,
  setting = 'BADMINTON_DATA_DIR',
): Promise<void> {
  const free = await freeBytes(folder);
  if (free >= neededBytes) return;
  throw new StageError('NO_SPACE', `${folder} has ${megabytes(free)} free; ${megabytes(neededBytes)} are needed.`, {
    remedy: 'fix',
    action: `Free some space on that disk, or set ${setting} to a folder on a larger one.`,
  });
}

/** Bytes that can still be written to the disk that holds the folder. @throws StageError FOLDER_UNUSABLE */
export async function freeBytes(folder: string): Promise<number> {
  try {
    await mkdir(folder, { recursive: true });
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch (cause) {
    throw new StageError('FOLDER_UNUSABLE', `The folder ${folder} cannot be used: ${(cause as Error).message}`, {
      remedy: 'fix',
      action: 'Check the folder and its permissions.',
      cause,
    });
  }
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1e6).toLocaleString('en')} MB`;
}
