// `node bench/start-up.ts`: how long `npm start` takes to be ready, and what it then costs when idle.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEmbeddedServer } from '../src/temporal/server/embedded.ts';
import { freePort, startProgram } from '../test/support/program.ts';
import { serverBinary } from '../test/support/rig.ts';

const runs = 5;
const idleSeconds = 20;
const limits = { seconds: 6, nodeMegabytes: 250, togetherMegabytes: 400 };

await serverBinary();
const ready: number[] = [];
const bare: number[] = [];
let node = 0;
let server = 0;
for (let run = 0; run < runs; run++) {
  bare.push(await timeBareServer());
  const folder = mkdtempSync(path.join(tmpdir(), 'badminton-bench-'));
  const began = Date.now();
  const program = startProgram(['up'], await settings(folder));
  await program.printed('Ready.');
  ready.push((Date.now() - began) / 1000);
  if (run === runs - 1) {
    await sleep(idleSeconds * 1000);
    const { pid } = JSON.parse(readFileSync(path.join(folder, 'temporal', 'server.json'), 'utf8'));
    node = residentMegabytes(program.process.pid as number);
    server = residentMegabytes(pid);
  }
  await program.interrupt();
  rmSync(folder, { recursive: true, force: true });
}
print('ready after', median(ready), 's', limits.seconds);
console.log(
  `  baseline, the Temporal server alone: ${median(bare).toFixed(2)} s (${(median(ready) / median(bare)).toFixed(1)} times)`,
);
print(`idle ${idleSeconds} s: Node`, node, 'MB', limits.nodeMegabytes);
print(`idle ${idleSeconds} s: Node and server`, node + server, 'MB', limits.togetherMegabytes);

function print(what: string, value: number, unit: string, limit: number): void {
  console.log(`${what}: ${value.toFixed(2)} ${unit}, ${(value / limit).toFixed(2)} of the limit of ${limit} ${unit}`);
}

async function timeBareServer(): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), 'badminton-bench-'));
  const began = Date.now();
  const bareServer = await startEmbeddedServer({ dataFolder: folder, port: 0, uiPort: 0, binary: serverBinary });
  const seconds = (Date.now() - began) / 1000;
  await bareServer.stop();
  rmSync(folder, { recursive: true, force: true });
  return seconds;
}

async function settings(folder: string): Promise<Record<string, string>> {
  return {
    BADMINTON_DATA_DIR: folder,
    BADMINTON_TEMPORAL_PORT: String(await freePort()),
    BADMINTON_TEMPORAL_UI_PORT: String(await freePort()),
    BADMINTON_LOCAL_YOUTUBE_PORT: String(await freePort()),
    BADMINTON_STUDIO_PORT: String(await freePort()),
  };
}

function residentMegabytes(pid: number): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
