#!/usr/bin/env node
// The one check (`npm test`): format, lint, layers, types, then every test; `npm test -- FILE…` runs only some tests.
import { spawn, spawnSync } from 'node:child_process';
import fs, { mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { availableParallelism, freemem, tmpdir } from 'node:os';
import path from 'node:path';
import { findInstalledNode, isNewEnough, tooOld } from '../bin/find-node.js';

if (!isNewEnough) {
  const installed = findInstalledNode();
  if (!installed) console.error(tooOld);
  process.exit(installed ? checkWith(installed) : 1);
}

// What each of the many processes compiles, the next one need not.
process.env.NODE_COMPILE_CACHE ??= path.resolve('node_modules/.cache/compiled');
const chosen = process.argv.slice(2);
const scratch = mkdtempSync(path.join(inMemory() ?? tmpdir(), 'badminton-check-'));
// Whatever a test leaves behind goes with it.
process.env.TMPDIR = scratch;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    cleanUp();
    process.exit(1);
  });
}
const counts = { passed: 0, failed: 0, skipped: 0 };
// More than there are cores: many tests wait for a server or a process.
const concurrency = availableParallelism() + 2;
const tests = [
  '--test',
  `--test-concurrency=${concurrency}`,
  '--test-timeout=240000',
  '--disable-warning=ExperimentalWarning',
];
/** Folders whose tests share no state: one process for all costs less than one for each file. */
const together = ['async', 'contact-sheet', 'domain', 'local-youtube', 'workspace'].map(
  (folder) => `test/${folder}/**/*.test.ts`,
);
const everything = ['test/*.test.ts', 'test/*/**/*.test.ts'];

const checks = [
  ['format and lint', 'biome', ['check', '--error-on-warnings']],
  ['layers', 'depcruise', ['src', 'test', 'bench', '--config', '.dependency-cruiser.cjs', '--output-type', 'err']],
  ['types', 'tsc', ['--project', '.']],
  ['types of the page', 'tsc', ['--project', 'src/studio/browser']],
];
const failed = [];
if (chosen.length === 0) await sideBySide(checks);
await step('Temporal server', process.execPath, ['--disable-warning=ExperimentalWarning', 'scripts/find-server.ts']);
if (chosen.length > 0) await runTests('tests', chosen);
else {
  await runTests('tests that share a process', ['--test-isolation=none', ...together]);
  const others = fs.globSync(everything, { exclude: together }).sort();
  await runTests('tests', others);
}

cleanUp();
if (failed.length > 0) console.log(`\nFailed: ${failed.join(', ')}`);
const failures = counts.failed + failed.filter((name) => !name.startsWith('tests') || counts.failed === 0).length;
console.log(`\n${counts.passed} passed, ${failures} failed${counts.skipped ? `, ${counts.skipped} skipped` : ''}`);
process.exitCode = failures > 0 ? 1 : 0;

function cleanUp() {
  rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });
}

/** A folder whose files need no disk, where there is one with plenty of room. */
function inMemory() {
  const folder = '/dev/shm';
  try {
    const { bavail, bsize } = statfsSync(folder);
    return Math.min(bavail * bsize, freemem()) > 8 * 1024 ** 3 ? folder : undefined;
  } catch {
    return undefined;
  }
}

/** Does all this in another Node, which is also the one the tools find. */
function checkWith(node) {
  const PATH = [path.dirname(node), process.env.PATH].join(path.delimiter);
  return spawnSync(node, process.argv.slice(1), { stdio: 'inherit', env: { ...process.env, PATH } }).status ?? 1;
}

/** Each uses a single core. What they print comes when they end, one after the other. */
async function sideBySide(steps) {
  const ends = steps.map(async ([name, command, args]) => {
    const { output, status } = await outcomeOf(command, args);
    console.log(`\n— ${name}\n${output}`.trimEnd());
    if (status !== 0) failed.push(name);
  });
  await Promise.all(ends);
}

function outcomeOf(command, args) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  }
  return new Promise((resolve) => {
    child.once('error', ({ message }) => resolve({ output: message, status: 1 }));
    child.once('close', (status) => resolve({ output, status }));
  });
}

async function step(name, command, args) {
  console.log(`\n— ${name}`);
  const child = spawn(command, args, { stdio: 'inherit' });
  const status = await new Promise((resolve) => {
    child.once('error', ({ message }) => {
      console.error(message);
      resolve(1);
    });
    child.once('close', resolve);
  });
  if (status !== 0) failed.push(name);
}

async function runTests(name, args) {
  const tally = path.join(scratch, 'tally.json');
  const reporters = ['--test-reporter=spec', '--test-reporter-destination=stdout'];
  const counting = ['--test-reporter=./scripts/tally.js', `--test-reporter-destination=${tally}`];
  await step(name, process.execPath, [...tests, ...reporters, ...counting, ...args]);
  try {
    for (const [kind, count] of Object.entries(JSON.parse(readFileSync(tally, 'utf8')))) counts[kind] += count;
  } catch {
    // The run ended before it could count: it has failed.
  }
  rmSync(tally, { force: true });
}
