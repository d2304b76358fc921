// `node bench/chaos.ts [PUBLISHES] [SEED]`: this many publishes to a local YouTube while requests fail at random, its
// list lags behind, the uploading processes and the YouTube itself are killed (-9) again and again, and records of
// publishes are lost. At the end every recording is on the channel once, with every byte, its thumbnail and visibility,
// and whole on the disk. Otherwise the exit code is 1.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runChaos } from './chaos/run.ts';

const [publishes = 200, seed = 1] = process.argv.slice(2).map(Number);
const folder = mkdtempSync(path.join(tmpdir(), 'badminton-chaos-'));
try {
  const report = await runChaos({ publishes, seed, folder, say: (line) => process.stderr.write(`${line}\n`) });
  process.stdout.write(`${JSON.stringify(report, undefined, 2)}\n`);
  if (report.problems.length > 0) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
