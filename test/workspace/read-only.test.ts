import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../support/clean-up.ts';

test('a read-only folder of workspaces is named, and helps as advised: once it can be written to, the video opens', async (t) => {
  const root = path.join(await temporaryFolder(t), 'workspaces');
  mkdirSync(root);
  if (spawnSync('unshare', ['-m', 'mount', '--bind', root, root]).status !== 0) {
    return t.skip('a read-only folder needs the right to mount');
  }
  const script = fileURLToPath(new URL('./open-read-only.ts', import.meta.url));
  const inside = `mount --bind ${root} ${root} && mount -o remount,bind,ro ${root} && ${process.execPath} ${script} ${root}`;
  const { stdout, stderr } = spawnSync('unshare', ['-m', 'sh', '-c', inside], { encoding: 'utf8' });
  const [before, after] = stdout.trim().split('\n');
  assert.match(before ?? '', /^FOLDER_UNUSABLE: .*workspaces\. Make .* a folder that can be written to/, stderr);
  assert.equal(after, 'opened');
});
