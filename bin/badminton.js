#!/usr/bin/env node
// Plain JavaScript for any Node: runs the program in this one, or in the newer one that `npm ci` installed.
import { spawn } from 'node:child_process';
// By default: Nodes that are too old have no `enableCompileCache` to import, and could not say that they are too old.
import module from 'node:module';
import { fileURLToPath } from 'node:url';
import { findInstalledNode, isNewEnough, tooOld } from './find-node.js';
import { smallHeap } from './small-heap.js';

/** The commands that run for weeks. */
const longLived = ['up', 'worker'];

const installed = isNewEnough ? undefined : findInstalledNode();

if (isNewEnough) {
  silenceExperimentalWarnings();
  if (wantsSmallHeap()) startAgain();
  keepCompiledCode();
  await import('../src/cli/main.ts');
} else if (installed) {
  const child = spawn(installed, [...smallHeap, fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => name !== 'SIGINT' && child.kill(name));
  child.once('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
} else {
  console.error(tooOld);
  process.exit(1);
}

function wantsSmallHeap() {
  const given = [...process.execArgv, process.env.NODE_OPTIONS ?? ''].join(' ');
  return longLived.includes(process.argv[2]) && !given.includes('semi-space-size') && process.platform !== 'win32';
}

/** Replaces this process by one with other flags: V8 reads them only when it starts. */
function startAgain() {
  const again = [...process.execArgv, ...smallHeap, fileURLToPath(import.meta.url), ...process.argv.slice(2)];
  process.execve?.(process.execPath, [process.argv0, ...again], process.env);
}

/** Halves the time until a command or a child process begins its work. `npm ci` empties it. */
function keepCompiledCode() {
  process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('../node_modules/.cache/compiled', import.meta.url));
  module.enableCompileCache(process.env.NODE_COMPILE_CACHE);
}

function silenceExperimentalWarnings() {
  const { emitWarning } = process;
  process.emitWarning = (warning, ...rest) => {
    const type = typeof rest[0] === 'object' ? rest[0]?.type : rest[0];
    if (type !== 'ExperimentalWarning') emitWarning.call(process, warning, ...rest);
  };
}
