import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { sourcesHash } from './sources-hash.ts';

const run = promisify(execFile);
const bundler = fileURLToPath(new URL('./bundle-process.ts', import.meta.url));

export interface BundleForm {
  /** With OpenTelemetry's interceptors. */
  readonly isTraced?: boolean;
  /** Messages of failures are payloads, for a codec to encode. */
  readonly encodesFailures?: boolean;
}

/**
 * Path of the bundled workflow code. It is bundled in a child process, because the bundler would hold on to 150 MB in
 * the worker, and cached under a hash of its sources and the version of Node. The program's version is the same for each
 * form of it.
 */
export async function workflowBundle(cacheFolder: string, form: BundleForm = {}): Promise<string> {
  const forms = [...(form.isTraced ? ['traced'] : []), ...(form.encodesFailures ? ['encoded'] : [])];
  const file = path.join(
    cacheFolder,
    'bundles',
    `${['workflows', ...forms, sourcesHash(process.version)].join('-')}.js`,
  );
  const args = ['--disable-warning=ExperimentalWarning', bundler, file, ...forms];
  if (!existsSync(file)) await run(process.execPath, args);
  return file;
}
