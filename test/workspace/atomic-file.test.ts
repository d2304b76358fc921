import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { writeFileAtomic } from '../../src/workspace/atomic-file.ts';
import { temporaryFolder } from '../support/clean-up.ts';
import { startNode } from '../support/node-process.ts';

describe('writeFileAtomic', () => {
  it('shows a reader in another process only whole contents, during many rewrites', async (t) => {
    const file = path.join(await temporaryFolder(t), 'record.json');
    writeFileAtomic(file, 'a'.repeat(1000));
    const writer = startNode(t, new URL('./rewriter.ts', import.meta.url), file);
    assert.equal(await writer.line(), 'writing');
    const seen = new Set<string>();
    for (let read = 0; read < 3000; read++) {
      const text = readFileSync(file, 'utf8');
      assert.ok(/^(a{1000}|b{300000}|c{70000})$/.test(text), `half a file: ${text.length} bytes`);
      seen.add(text.slice(0, 1));
    }
    assert.ok(seen.size >= 2, 'the reader saw more than one version');
  });

  it('leaves the old content and no temporary file when writing fails', async (t) => {
    const folder = await temporaryFolder(t);
    mkdirSync(path.join(folder, 'occupied', 'inside'), { recursive: true });
    assert.throws(() => writeFileAtomic(path.join(folder, 'occupied'), 'new'), { code: /EISDIR|ENOTEMPTY|EEXIST/ });
    assert.deepEqual(readdirSync(folder), ['occupied']);
  });

  it('makes the folders it needs', async (t) => {
    const file = path.join(await temporaryFolder(t), 'a', 'b', 'record.json');
    writeFileAtomic(file, 'content');
    assert.equal(readFileSync(file, 'utf8'), 'content');
  });

  it('gives a file that was readable by everybody the narrow mode of a secret', async (t) => {
    const file = path.join(await temporaryFolder(t), 'secret.json');
    writeFileSync(file, 'old', { mode: 0o644 });
    writeFileAtomic(file, 'new', 0o600);
    assert.equal(statSync(file).mode & 0o777, 0o600);
  });

  it('keeps the old content when the disk fills up midway', async (t) => {
    const folder = await temporaryFolder(t);
    const script = fileURLToPath(new URL('./fill-disk.ts', import.meta.url));
    const inside = `mount -t tmpfs -o size=1M tmpfs ${folder} && ${process.execPath} ${script} ${folder}`;
    if (spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', folder]).status !== 0) {
      return t.skip('a small disk needs the right to mount');
    }
    const { stdout } = spawnSync('unshare', ['-m', 'sh', '-c', inside], { encoding: 'utf8' });
    assert.equal(stdout.trim(), 'ENOSPC: "old" and 2 files');
  });
});
