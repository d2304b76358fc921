#!/usr/bin/env node
// Plain JavaScript for any Node: finds the Node 24 that `npm ci` installed and runs the program in it.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const needed = 24;
const isNewEnough = Number(process.versions.node.split('.')[0]) >= needed;
const installed = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url));

if (isNewEnough) {
  silenceExperimentalWarnings();
  await import('../src/cli/main.ts');
} else if (existsSync(installed)) {
  const child = spawn(installed, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => name !== 'SIGINT' && child.kill(name));
  child.once('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
} else {
  console.error(
    `This program needs Node ${needed} or later; this is ${process.version}, and \`npm ci\` found none for this machine.`,
  );
  process.exit(1);
}

function silenceExperimentalWarnings() {
  const { emitWarning } = process;
  process.emitWarning = (warning, ...rest) => {
    const type = typeof rest[0] === 'object' ? rest[0]?.type : rest[0];
    if (type !== 'ExperimentalWarning') emitWarning.call(process, warning, ...rest);
  };
}
