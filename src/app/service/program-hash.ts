import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { programFolder } from './place.ts';

/** The program's own files; the lock file fixes all others. */
const parts = ['bin', 'src', 'package.json', 'package-lock.json'];

/** 16 hexadecimal digits of the program that is in the folder now, which may be another one than is running. */
export function programHash(folder: string = programFolder): string {
  const hash = createHash('sha256');
  for (const file of parts.flatMap((name) => filesBelow(folder, name))) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(path.join(folder, file)))
      .update('\0');
  }
  return hash.digest('hex').slice(0, 16);
}

function filesBelow(folder: string, name: string): string[] {
  if (path.extname(name) !== '' || !['bin', 'src'].includes(name.split(path.sep)[0] ?? '')) return [name];
  return readdirSync(path.join(folder, name), { withFileTypes: true })
    .map((entry) => ({ entry, below: path.join(name, entry.name) }))
    .sort((one, other) => (one.below < other.below ? -1 : 1))
    .flatMap(({ entry, below }) => (entry.isDirectory() ? filesBelow(folder, below) : [below]));
}
