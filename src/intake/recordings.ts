import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';

/** Whether the name is a recording's; hidden files, such as unfinished copies, are not recordings. */
export function isRecordingName(file: string): boolean {
  return /\.(mov|mp4)$/i.test(file) && !path.basename(file).startsWith('.');
}

/** The recordings in a folder, including those that links in it lead to, sorted by name. */
export async function recordingsIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const files = entries
    .filter((entry) => isRecordingName(entry.name))
    .map(async (entry) => {
      const file = path.join(folder, entry.name);
      return entry.isFile() || (entry.isSymbolicLink() && (await leadsToAFile(file))) ? file : [];
    });
  return (await Promise.all(files)).flat().sort();
}

async function leadsToAFile(link: string): Promise<boolean> {
  const found = await stat(link).catch(() => undefined);
  return found?.isFile() === true;
}
