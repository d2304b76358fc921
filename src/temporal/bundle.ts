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
 * @param isTraced with OpenTelemetry's interceptors; the program's version is the same
 */
export async function workflowBundle(cacheFolder: string, isTraced = false): Promise<string> {
  const file = path.join(
    cacheFolder,
    'bundles',
    `workflows-${isTraced ? 'traced-' : ''}${sourcesHash(process.version)}.js`,
  );
  const args = ['--disable-warning=ExperimentalWarning', bundler, file, ...(isTraced ? ['traced'] : [])];
  if (!existsSync(file)) await run(process.execPath, args);
  return file;
}
