import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { SettingsView } from '../../src/studio/index.ts';
import { tryLock } from '../../src/workspace/process-lock.ts';
import { freePort } from '../support/program.ts';

const [, , root = ''] = process.argv;
process.stdout.write('The session is there.\n');
const source = fileURLToPath(new URL('../..', import.meta.url));
const folder = path.join(root, 'the program');
mkdirSync(folder);
for (const name of ['src', 'bin', 'package.json', 'package-lock.json']) {
  cpSync(path.join(source, name), path.join(folder, name), { recursive: true });
}
symlinkSync(path.join(source, 'node_modules'), path.join(folder, 'node_modules'));
const ports = { STUDIO: await freePort(), TEMPORAL: await freePort(), TEMPORAL_UI: await freePort() };
const secret = 'https://example.org/hook-that-nobody-may-see';
const settings = [
  'DATA_DIR="the data"',
  'POSE=off',
  'STUDIO_ON_NETWORK=yes',
  `NOTIFY_WEBHOOK=${secret}`,
  `LOCAL_YOUTUBE_PORT=${await freePort()}`,
  ...Object.entries(ports).map(([name, port]) => `${name}_PORT=${port}`),
];
writeFileSync(path.join(folder, '.env'), settings.map((line) => `BADMINTON_${line}\n`).join(''));

const run = (...args: string[]) =>
  spawnSync(process.execPath, ['bin/badminton.js', ...args], { cwd: folder, encoding: 'utf8' });
const doctor = () => {
  const { findings } = JSON.parse(run('doctor', '--json').stdout);
  return findings.find(({ name }: { name: string }) => name === 'Service');
};
const status = () => JSON.parse(run('service', 'status', '--json').stdout);
const inData = (name: string) => path.join(folder, 'the data', name);
const logged = () => (existsSync(inData('logs/service.log')) ? readFileSync(inData('logs/service.log'), 'utf8') : '');
/** Waits until it is ready that many times. */
async function untilReady(times: number) {
  for (const deadline = Date.now() + 60_000; logged().split('Ready. ').length <= times; await sleep(50)) {
    assert.ok(Date.now() < deadline, logged());
  }
}

// It is still running in a terminal.
const release = tryLock(inData('running.lock')) ?? assert.fail();
const installed = run('service', 'install', '--json');
assert.equal(installed.status, 0, installed.stderr);
assert.match(installed.stderr, /running already.* begins once that has ended/);
for (const deadline = Date.now() + 20_000; !/Another program/.test(logged()) && Date.now() < deadline; )
  await sleep(50);
release();
const { change, installed: unit } = JSON.parse(installed.stdout);
assert.deepEqual([change, unit.folder, unit.isOfThisFolder], ['installed', folder, true]);
assert.ok(!readFileSync(unit.file, 'utf8').includes(secret));
const verified = spawnSync('systemd-analyze', ['--user', 'verify', unit.file], { encoding: 'utf8' });
assert.deepEqual([verified.status, verified.stderr], [0, '']);
await untilReady(1);
assert.equal(run('service', 'logs', '-n', '1000').stdout, logged());
assert.match(logged(), /Ready\. .*npx badminton service stop$/m);
assert.match(logged(), /To pair a phone: npx badminton studio --host/);
assert.doesNotMatch(logged(), /It works once/);
assert.match(logged(), new RegExp(`^\\[\\S+ \\S+\\] Studio +http://localhost:${ports.STUDIO}/`, 'm'));
assert.equal((await fetch(`http://localhost:${ports.STUDIO}/`)).status, 200);
const first = status();
assert.equal(first.isCurrent, true);
assert.match(doctor().detail, new RegExp(`running, process ${first.pid}, version \\S+ \\(.+\\), since `));
assert.equal(doctor().state, 'ok');

const again = run('service', 'install', '--json');
assert.deepEqual([JSON.parse(again.stdout).change, JSON.parse(again.stdout).pid], ['unchanged', first.pid]);

// `git pull` brings another program.
appendFileSync(path.join(folder, 'src/cli/main.ts'), '// An update.\n');
assert.deepEqual([doctor().state, /service restart/.test(doctor().action)], ['note', true]);
assert.equal(run('service', 'restart').status, 0);
assert.match(logged(), /Stopping: /);
await untilReady(2);
const second = status();
assert.notEqual(second.pid, first.pid);
assert.deepEqual([second.isCurrent, second.problem], [true, null]);

// A setting that needs a restart, and the restart, by the studio.
const settingsApi = `http://localhost:${ports.STUDIO}/api/settings`;
const post = async (place: string, body: object) => {
  const headers = { 'content-type': 'application/json', origin: `http://localhost:${ports.STUDIO}` };
  const answer = await fetch(`${settingsApi}${place}`, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: answer.status, answer: (await answer.json()) as SettingsView };
};
const shutdownGrace = (view: SettingsView) =>
  view.groups.flatMap((group) => group.settings).find(({ name }) => name === 'BADMINTON_SHUTDOWN_GRACE');
const changed = await post('', { changes: { BADMINTON_SHUTDOWN_GRACE: '2s' } });
assert.equal(shutdownGrace(changed.answer)?.waits, true, JSON.stringify(changed));
assert.deepEqual([changed.answer.canRestart, (await post('/restart', {})).status], [true, 202]);
await untilReady(3);
const third = status();
assert.deepEqual([third.activity, third.isCurrent, third.pid === second.pid], ['running', true, false]);
const after = shutdownGrace((await (await fetch(settingsApi)).json()) as SettingsView);
assert.deepEqual([after?.waits, after?.value], [false, '2s']);

assert.match(run('service', 'uninstall').stdout, /Uninstalled: .*\n.*the data/);
assert.deepEqual([existsSync(unit.file), existsSync(inData('badminton.db'))], [false, true]);
assert.match(run('service', 'status').stdout, /not installed/);
