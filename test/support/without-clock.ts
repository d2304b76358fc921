import { readFile, writeFile } from 'node:fs/promises';

/** Makes a sample recording one of a camera without a clock: its times are the epoch, or 1904 in words. Returns its path. */
export async function withoutClock(file: string): Promise<string> {
  const content = await readFile(file);
  // QuickTime File Format, "Movie Header Atoms" and its like: version and flags, then creation and modification time.
  for (const type of ['mvhd', 'tkhd', 'mdhd']) {
    for (let at = content.indexOf(type); at >= 0; at = content.indexOf(type, at + 1)) content.fill(0, at + 8, at + 16);
  }
  for (const date of ['2026-11-21', '2024-12-15']) {
    for (let at = content.indexOf(date); at >= 0; at = content.indexOf(date)) content.write('1904-01-01', at);
  }
  await writeFile(file, content);
  return file;
}
