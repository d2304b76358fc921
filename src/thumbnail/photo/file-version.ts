import { stat } from 'node:fs/promises';

/** A text that changes when the file at `path` is changed or replaced; of a missing file too there is one. */
export async function fileVersion(path: string): Promise<string> {
  const found = await stat(path, { bigint: true }).catch(() => undefined);
  return JSON.stringify([path, found && [found.ino, found.size, found.mtimeNs].map(String)]);
}
