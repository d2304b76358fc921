// Runs the current workflow code over recorded histories: `node scripts/replay-history.ts FILE…`. A file is what
// `temporal workflow show --workflow-id ID --output json` prints. Exit code 1 if one would now take a different course.
import { readFileSync } from 'node:fs';
import { Worker } from '@temporalio/worker';
import pino from 'pino';
import { cacheFolder } from '../src/app/cache-folder.ts';
import { workflowBundle } from '../src/temporal/bundle.ts';
import { installRuntime } from '../src/temporal/worker.ts';

const files = process.argv.slice(2);
if (files.length === 0) {
  console.error('Usage: node scripts/replay-history.ts FILE…');
  process.exit(2);
}
installRuntime(pino({ level: 'silent' }));
const codePath = await workflowBundle(cacheFolder(process.env));
for (const file of files) {
  try {
    await Worker.runReplayHistory({ workflowBundle: { codePath } }, JSON.parse(readFileSync(file, 'utf8')));
    console.log(`ok    ${file}`);
  } catch (error) {
    console.log(`WRONG ${file}\n      ${(error as Error).message}`);
    process.exitCode = 1;
  }
}
