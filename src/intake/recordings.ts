import { readdir } from 'node:fs/promises';
import path from 'node:path';

/** Whether the name is one of a recording; files that are still hidden or half copied are not. */
export function isRecordingName(file: string): boolean {
  return /\.(mov|mp4)$/i.test(file) && !path.basename(file).startsWith('.');
}

/** The recordings that lie in a folder, by name. */
export async function recordingsIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && isRecordingName(entry.name))
    .map((entry) => path.join(folder, entry.name))
    .sort();
}
