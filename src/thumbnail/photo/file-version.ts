import { stat } from 'node:fs/promises';

/** A string that changes when the file at `path` is changed or replaced; defined for a missing file too. */
export async function fileVersion(path: string): Promise<string> {
  const found = await stat(path, { bigint: true }).catch(() => undefined);
  return JSON.stringify([path, found && [found.ino, found.size, found.mtimeNs].map(String)]);
}
