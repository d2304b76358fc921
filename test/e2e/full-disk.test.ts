import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { temporaryFolder } from '../support/clean-up.ts';
import { smallMatch } from '../support/small-match.ts';

const run = promisify(execFile);

test('npm start survives a log, and a standard error, on a full disk', async (t) => {
  const folder = await temporaryFolder(t);
  const disk = path.join(folder, 'logs');
  mkdirSync(disk);
  if (spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', disk]).status !== 0) {
    return t.skip('a small disk needs the right to mount');
  }
  const script = fileURLToPath(new URL('./on-full-disk.ts', import.meta.url));
  const inside = `mount -t tmpfs -o size=64k tmpfs ${disk} && ${process.execPath} ${script} ${folder}`;
  const { stdout } = await run('unshare', ['-m', 'sh', '-c', inside]);
  const { code, complaints, silentCode } = JSON.parse(stdout);
  assert.equal(code, 0);
  assert.equal(complaints.length, 1);
  assert.match(complaints[0], /^The log .*worker\.log cannot be written: ENOSPC/);
  assert.equal(silentCode, 0);
});

test('npm start stays up when the disk of everything is full, says so, and resumes when there is room', async (t) => {
  const folder = await temporaryFolder(t);
  const disk = path.join(folder, 'data');
  mkdirSync(disk);
  if (spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', disk]).status !== 0) {
    return t.skip('a small disk needs the right to mount');
  }
  const recordings = [
    await smallMatch(path.join(folder, 'md_HuyzVietvsThezLeo.mov'), { seed: 600 }),
    await smallMatch(path.join(folder, 'ms_AnvsBo.mov'), { seed: 601 }),
  ];
  const script = fileURLToPath(new URL('./on-full-data-folder.ts', import.meta.url));
  const inside = `mount -t tmpfs -o size=400M tmpfs ${disk} && mkdir ${disk}/input && ${process.execPath} ${script} ${disk} ${recordings.join(' ')}`;
  const { stdout } = await run('unshare', ['-m', 'sh', '-c', inside]);
  const { code, stderr, said, refused, chosen, taken } = JSON.parse(stdout);
  assert.equal(code, 0, stderr);
  assert.doesNotMatch(stderr, /\n\s+at /, 'no stack');
  assert.equal(said.length, 1, stderr);
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /The disk is full: .*\n.*Free some space/);
  assert.equal(chosen, 0);
  assert.equal(taken, 0);
});
