import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * A copy of this program as it may be after an update: its workflow takes a step more, guarded with `patched`.
 * @returns the path of its launcher
 */
export function programWithOneStepMore(folder: string): string {
  for (const name of ['src', 'bin', 'package.json', 'package-lock.json']) {
    cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
  }
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  change(path.join(folder, 'src/temporal/workflow-changes.ts'), '] as const', "  'one-step-more',\n] as const");
  const workflow = path.join(folder, 'src/temporal/workflows/process-video.ts');
  const ranking = "const ranked = await stages.run('RANKING'";
  change(workflow, ranking, `if (patched('one-step-more')) await oneMoreStep(1);\n  ${ranking}`);
  change(workflow, 'import ', "import { patched, sleep as oneMoreStep } from '@temporalio/workflow';\nimport ");
  return path.join(folder, 'bin/badminton.js');
}

/** @throws Error if the text is not there, because the program is no longer what this copy expects */
function change(file: string, from: string, to: string): void {
  const text = readFileSync(file, 'utf8');
  if (!text.includes(from)) throw new Error(`${file} has no "${from}"`);
  writeFileSync(file, text.replace(from, to));
}
