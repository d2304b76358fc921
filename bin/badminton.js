#!/usr/bin/env node
// Plain JavaScript for any Node: runs the program in this one, or in the newer one that `npm ci` installed.
import { spawn } from 'node:child_process';
// By default: Nodes that are too old have no `enableCompileCache` to import, and could not say that they are too old.
import module from 'node:module';
import { fileURLToPath } from 'node:url';
import { findInstalledNode, isNewEnough, tooOld } from './find-node.js';

const installed = isNewEnough ? undefined : findInstalledNode();

if (isNewEnough) {
  silenceExperimentalWarnings();
  keepCompiledCode();
  await import('../src/cli/main.ts');
} else if (installed) {
  const child = spawn(installed, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => name !== 'SIGINT' && child.kill(name));
  child.once('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
} else {
  console.error(tooOld);
  process.exit(1);
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
