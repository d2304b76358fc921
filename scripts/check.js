#!/usr/bin/env node
// The one check (`npm test`): format, lint, layers, types, then every test; `npm test -- FILE…` runs only some tests.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
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
const scratch = mkdtempSync(path.join(tmpdir(), 'badminton-check-'));
const tally = path.join(scratch, 'tally.json');
// More than there are cores: many tests wait for a server or a process.
const concurrency = availableParallelism() + 2;
const tests = [
  '--test',
  `--test-concurrency=${concurrency}`,
  '--test-timeout=240000',
  '--disable-warning=ExperimentalWarning',
];
const reporters = ['--test-reporter=spec', '--test-reporter-destination=stdout'];
const counting = ['--test-reporter=./scripts/tally.js', `--test-reporter-destination=${tally}`];

const checks = [
  ['format and lint', 'biome', ['check', '--error-on-warnings']],
  ['layers', 'depcruise', ['src', 'test', 'bench', '--config', '.dependency-cruiser.cjs', '--output-type', 'err']],
  ['types', 'tsc', ['--project', '.']],
  ['types of the page', 'tsc', ['--project', 'src/studio/browser']],
];
const failed = [];
if (chosen.length === 0) await sideBySide(checks);
step('Temporal server', process.execPath, ['--disable-warning=ExperimentalWarning', 'scripts/find-server.ts']);
step('tests', process.execPath, [
  ...tests,
  ...reporters,
  ...counting,
  ...(chosen.length > 0 ? chosen : ['test/**/*.test.ts']),
]);

const counts = readTally();
rmSync(scratch, { recursive: true, force: true });
if (failed.length > 0) console.log(`\nFailed: ${failed.join(', ')}`);
const failures = counts.failed + failed.filter((name) => name !== 'tests' || counts.failed === 0).length;
console.log(`\n${counts.passed} passed, ${failures} failed${counts.skipped ? `, ${counts.skipped} skipped` : ''}`);
process.exitCode = failures > 0 ? 1 : 0;

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

function step(name, command, args) {
  console.log(`\n— ${name}`);
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' });
  if (error) console.error(error.message);
  if (status !== 0) failed.push(name);
}

function readTally() {
  try {
    return JSON.parse(readFileSync(tally, 'utf8'));
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
}
