import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { readDesign } from './read-design.ts';

/** A file in a design folder, under the name its file name gives it. */
export interface DesignFile {
  readonly name: string;
  readonly path: string;
}

/** Files `NAME.suffix` in a folder, by name; none if the folder does not exist. */
export function designFiles(folder: string, suffix: string): DesignFile[] {
  let entries: string[];
  try {
    entries = readdirSync(folder);
  } catch {
    return [];
  }
  return entries
    .filter((entry) => entry.endsWith(suffix) && entry.length > suffix.length && !entry.startsWith('.'))
    .sort()
    .map((entry) => ({ name: entry.slice(0, -suffix.length), path: join(folder, entry) }));
}

interface Remembered {
  readonly stamp: string;
  readonly design: unknown;
}

/** Changes whenever the file does. */
export function stampOf(path: string): string {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stat ? `${stat.mtimeNs}-${stat.size}-${stat.ino}` : 'gone';
}

/** Reads each file once until it changes. */
export class DesignCache {
  readonly #remembered = new Map<string, Remembered>();

  /** @throws StageError DESIGN_INVALID */
  read<T extends z.ZodType>(path: string, schema: T): z.output<T> {
    const stamp = stampOf(path);
    const known = this.#remembered.get(path);
    if (known?.stamp === stamp) return known.design as z.output<T>;
    const design = readDesign(path, schema);
    this.#remembered.set(path, { stamp, design });
    return design;
  }
}
