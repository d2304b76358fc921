import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const source = fileURLToPath(new URL('..', import.meta.url));

/** Everything the workflow code can import, and the lock file, which fixes the bundler's version. */
const ingredients = ['domain', 'temporal', '../package-lock.json'];

/** 16 hexadecimal digits that are the same wherever the workflow code is. @param more what else they depend on */
export function sourcesHash(more = ''): string {
  const hash = createHash('sha256').update(more);
  for (const file of ingredients.flatMap((name) => filesBelow(path.resolve(source, name)))) {
    hash.update(path.relative(source, file)).update(readFileSync(file));
  }
  return hash.digest('hex').slice(0, 16);
}

function filesBelow(place: string): string[] {
  if (!statSync(place).isDirectory()) return [place];
  return readdirSync(place)
    .sort()
    .flatMap((name) => filesBelow(path.join(place, name)));
}
