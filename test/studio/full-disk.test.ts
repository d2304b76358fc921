import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../support/clean-up.ts';

test('a dropped recording that the disk took only a part of never counts as whole', async (t) => {
  const folder = await temporaryFolder(t);
  if (spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', folder]).status !== 0) {
    return t.skip('a small disk needs the right to mount');
  }
  const script = fileURLToPath(new URL('./on-shrinking-disk.ts', import.meta.url));
  const inside = `mount -t tmpfs -o size=2G tmpfs ${folder} && ${process.execPath} ${script} ${folder}`;
  const { stdout, stderr } = spawnSync('unshare', ['-m', 'sh', '-c', inside], { encoding: 'utf8' });
  assert.notEqual(stdout, '', stderr);
  assert.deepEqual(JSON.parse(stdout), { outcome: '507: The disk is full.', files: [] });
});
