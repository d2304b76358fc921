import { randomBytes } from 'node:crypto';
import { appendFile, stat, truncate } from 'node:fs/promises';
import path from 'node:path';
import { freeAtom, smallMatch } from './small-match.ts';

export const sampleName = 'md_KhanhzLeovsHuyzViet_Friendly Game.mov';
export const sampleSize = { width: 320, height: 180 } as const;
export const sampleSeconds = 4;

/**
 * A small, complete recording with unique content, by default named after a match; returns its path.
 * @param unusedBytes by which it is longer
 */
export async function sampleRecording(folder: string, name = sampleName, unusedBytes = 16): Promise<string> {
  const file = await smallMatch(path.join(folder, name), { ...sampleSize, seconds: sampleSeconds });
  await appendFile(file, freeAtom(randomBytes(unusedBytes)));
  return file;
}

/** Turns a recording into what an interrupted copy leaves in a full-size file: the second half is zeros. */
export async function emptyHalf(file: string): Promise<string> {
  const { size } = await stat(file);
  await truncate(file, Math.floor(size / 2));
  await truncate(file, size);
  return file;
}
