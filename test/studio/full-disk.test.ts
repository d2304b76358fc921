import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import test, { type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../support/clean-up.ts';

const script = fileURLToPath(new URL('./on-shrinking-disk.ts', import.meta.url));

async function received(t: TestContext, how: 'whole' | 'pieces'): Promise<unknown> {
  const folder = await temporaryFolder(t);
  if (spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', folder]).status !== 0) {
    t.skip('a small disk needs the right to mount');
    return undefined;
  }
  const inside = `mount -t tmpfs -o size=2G tmpfs ${folder} && ${process.execPath} ${script} ${folder} ${how}`;
  const { stdout, stderr } = spawnSync('unshare', ['-m', 'sh', '-c', inside], { encoding: 'utf8' });
  assert.notEqual(stdout, '', stderr);
  return JSON.parse(stdout);
}

test('a dropped recording that the disk took only a part of never counts as whole', async (t) => {
  const outcome = await received(t, 'whole');
  if (outcome) assert.deepEqual(outcome, { outcome: '507: The disk is full.', files: [], kept: [] });
});

test('of a recording sent in pieces, what the disk took whole is kept, and it is said that the disk is full', async (t) => {
  const outcome = await received(t, 'pieces');
  const words = '507: The disk is full. Free some space, then retry: what has arrived is kept.';
  if (outcome) assert.deepEqual(outcome, { outcome: words, files: [], kept: [1024 ** 2] });
});
