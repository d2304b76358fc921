import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../support/clean-up.ts';
import { smallMatch } from '../support/small-match.ts';

test('a full disk: what needs none continues, what needs some is told of it, and continues when there is room', async (t) => {
  const elsewhere = await temporaryFolder(t);
  const folder = await temporaryFolder(t);
  const recording = await smallMatch(path.join(elsewhere, 'md_HuyzVietvsThezLeo.mov'));
  if (spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', folder]).status !== 0) {
    return t.skip('a small disk needs the right to mount');
  }
  const script = fileURLToPath(new URL('./on-full-disk.ts', import.meta.url));
  const inside = `mount -t tmpfs -o size=2M tmpfs ${folder} && ${process.execPath} ${script} ${folder} ${recording}`;
  const { stdout, stderr } = spawnSync('unshare', ['-m', 'sh', '-c', inside], { encoding: 'utf8' });
  assert.notEqual(stdout, '', stderr);
  const { upload, superseded, record, again } = JSON.parse(stdout);
  assert.equal(upload, `sent ${statSync(recording).size} bytes`);
  assert.match(superseded, /^SUPERSEDED: /);
  assert.match(record, /^NO_SPACE: The disk is full: .* Free some space on the disk that holds the data folder/);
  assert.equal(again, 'resumed');
});
