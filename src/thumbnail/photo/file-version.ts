import { statSync } from 'node:fs';

/** A text that changes when the file at `path` is changed or replaced; of a missing file too there is one. */
export function fileVersion(path: string): string {
  const found = statOf(path);
  return JSON.stringify([path, found && [found.ino, found.size, found.mtimeNs].map(String)]);
}

function statOf(path: string) {
  try {
    return statSync(path, { bigint: true });
  } catch {
    return undefined;
  }
}
