import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findServiceManager } from '../../src/service/index.ts';
import type { ServiceState } from '../../src/service/manager.ts';
import { oddNames } from './odd-names.ts';

const [, , root = ''] = process.argv;
process.stdout.write('The session is there.\n');
const manager = await findServiceManager();
assert.ok(manager);

for (const name of oddNames) {
  const folder = path.join(root, name);
  mkdirSync(folder);
  const node = path.join(folder, 'node');
  symlinkSync(process.execPath, node);
  // Node itself runs no module with a backslash in its path.
  const launcher = path.join(name.includes('\\') ? root : folder, 'launcher.mjs');
  writeFileSync(launcher, `import ${JSON.stringify(path.join(import.meta.dirname, 'small-program.ts'))};`);
  const searchPath = `${folder}:/usr/bin`;
  const plan = { node, launcher, folder, searchPath, stopSeconds: 5 };
  await manager.install(manager.textFor(plan));
  const installed = manager.installed();
  assert.deepEqual([installed?.folder, installed?.node, installed?.stopSeconds], [folder, node, 5]);
  const [first] = await entries(folder, 1);
  const { pid, execPath, ...rest } = first ?? {};
  assert.deepEqual(rest, { args: ['up'], cwd: folder, service: 'systemd', mark: 'systemd', searchPath });
  assert.equal(execPath, process.execPath);
  assert.deepEqual(await manager.state(), { activity: 'running', pid });
}

const folder = path.join(root, oddNames.at(-1) ?? '');
const before = manager.installed()?.text ?? '';
const pidOf = async () => (await manager.state()).pid ?? assert.fail('it does not run');
const first = await pidOf();
await manager.install(before);
assert.equal(await pidOf(), first, 'installing the same again changes nothing');

// It asks for a restart; it is killed; it is stopped and started.
process.kill(first, 'SIGUSR1');
assert.deepEqual((await entries(folder, 3))[1], { stoppedWith: 75 });
const second = await pidOf();
assert.notEqual(second, first);
process.kill(second, 'SIGKILL');
await entries(folder, 4);
await manager.restart();
assert.deepEqual((await entries(folder, 6))[4], { stoppedWith: 0 });
await manager.stop();
assert.deepEqual(await stateWhen((state) => state.activity === 'stopped'), {
  activity: 'stopped',
  lastEnd: 'exit code 0',
});

assert.deepEqual(
  ['child-is-there', 'child-was-told'].map((name) => existsSync(path.join(folder, name))),
  [true, false],
);

// With a wrong setting it is not started again.
await manager.start();
await entries(folder, 8);
process.kill(await pidOf(), 'SIGUSR2');
assert.deepEqual(await stateWhen(({ activity }) => activity === 'failed'), {
  activity: 'failed',
  lastEnd: 'exit code 2',
});

const { file = '' } = manager.installed() ?? {};
await manager.uninstall();
assert.deepEqual(
  [existsSync(file), manager.installed(), (await manager.state()).activity],
  [false, undefined, 'failed'],
);

interface Entry {
  readonly pid?: number;
  readonly execPath?: string;
  readonly stoppedWith?: number;
}

/** What the program has written down, once there is as much. */
async function entries(place: string, count: number): Promise<Entry[]> {
  const file = path.join(place, 'starts');
  for (const deadline = Date.now() + 20_000; ; await sleep(50)) {
    const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
    if (lines.length >= count) return lines.map((line) => JSON.parse(line));
    assert.ok(Date.now() < deadline, `${lines.length} of ${count} entries: ${lines}`);
  }
}

async function stateWhen(fits: (state: ServiceState) => boolean): Promise<ServiceState> {
  for (const deadline = Date.now() + 10_000; ; await sleep(50)) {
    const state = await manager?.state();
    if (state && (fits(state) || Date.now() > deadline)) return state;
  }
}
