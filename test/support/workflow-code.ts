import { execFile } from 'node:child_process';
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const project = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Bundles a copy of the workflow code in which passages of a file are replaced.
 * @param file inside `src`
 * @param changes what is replaced, and by what
 * @returns path of the bundle
 */
export async function changedWorkflow(
  folder: string,
  file: string,
  changes: readonly (readonly [from: string, to: string])[],
): Promise<string> {
  for (const part of ['domain', 'temporal', 'workspace']) {
    cpSync(path.join(project, 'src', part), path.join(folder, 'src', part), { recursive: true });
  }
  cpSync(path.join(project, 'package.json'), path.join(folder, 'package.json'));
  symlinkSync(path.join(project, 'node_modules'), path.join(folder, 'node_modules'));
  const copy = path.join(folder, 'src', file);
  const text = readFileSync(copy, 'utf8');
  for (const [from] of changes) if (!text.includes(from)) throw new Error(`${file} does not contain: ${from}`);
  writeFileSync(
    copy,
    changes.reduce((changed, [from, to]) => changed.replace(from, to), text),
  );
  const bundle = path.join(folder, 'workflows.js');
  await run(process.execPath, [path.join(folder, 'src/temporal/bundle-process.ts'), bundle]);
  return bundle;
}
