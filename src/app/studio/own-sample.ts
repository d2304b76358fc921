import { randomUUID } from 'node:crypto';
import { constants, existsSync } from 'node:fs';
import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { type SampleMatchOptions, sampleMatch } from '../../sample-match/drawn-once.ts';

/** Recordings in it are for rehearsals: the real YouTube never gets them. */
export const sampleFolder = (dataFolder: string) => path.join(dataFolder, 'sample');

/**
 * The sample match as a recording of this data folder, away from those of the club.
 * @throws as `sampleMatch`
 */
export async function ownSample(dataFolder: string, cacheFolder: string, options: SampleMatchOptions): Promise<string> {
  const drawn = await sampleMatch(cacheFolder, options);
  // One drawing has one folder: a video that uses an earlier one keeps its recording.
  const folder = path.join(sampleFolder(dataFolder), path.basename(path.dirname(drawn)));
  const file = path.join(folder, path.basename(drawn));
  if (existsSync(file)) return file;
  await mkdir(folder, { recursive: true });
  const partial = path.join(folder, `.${randomUUID()}.partial`);
  try {
    await copyFile(drawn, partial, constants.COPYFILE_FICLONE);
    await rename(partial, file);
  } finally {
    await rm(partial, { force: true });
  }
  return file;
}
