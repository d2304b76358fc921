import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { sourcesHash } from './sources-hash.ts';

const run = promisify(execFile);
const bundler = fileURLToPath(new URL('./bundle-process.ts', import.meta.url));

/**
 * Path of the bundled workflow code. It is bundled in a child process, because the bundler would hold on to 150 MB in
 * the worker, and cached under a hash of its sources and the version of Node.
 */
export async function workflowBundle(cacheFolder: string): Promise<string> {
  const file = path.join(cacheFolder, 'bundles', `workflows-${sourcesHash(process.version)}.js`);
  if (!existsSync(file)) await run(process.execPath, ['--disable-warning=ExperimentalWarning', bundler, file]);
  return file;
}
