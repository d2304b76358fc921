import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const source = fileURLToPath(new URL('..', import.meta.url));
const bundler = fileURLToPath(new URL('./bundle-process.ts', import.meta.url));

/** Everything the workflow code can import, and the lock file, which fixes the bundler's version. */
const ingredients = ['domain', 'temporal', '../package-lock.json'];

/**
 * Path of the bundled workflow code. It is bundled in a child process, because the bundler would hold on to 150 MB in
 * the worker, and cached under a hash of its sources.
 */
export async function workflowBundle(cacheFolder: string): Promise<string> {
  const file = path.join(cacheFolder, 'bundles', `workflows-${contentHash()}.js`);
  if (!existsSync(file)) await run(process.execPath, ['--disable-warning=ExperimentalWarning', bundler, file]);
  return file;
}

function contentHash(): string {
  const hash = createHash('sha256').update(process.version);
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
