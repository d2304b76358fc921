import assert from 'node:assert/strict';
import { open, rename, truncate, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { fingerprintFile } from '../../src/workspace/fingerprint.ts';
import { temporaryFolder } from '../support/clean-up.ts';

describe('fingerprintFile', () => {
  it('is 64 hex digits that stay the same when the file is renamed or its time changes', async (t) => {
    const folder = await temporaryFolder(t);
    const file = path.join(folder, 'a.mov');
    await writeFile(file, 'content');
    const before = await fingerprintFile(file);
    assert.match(before, /^[0-9a-f]{64}$/);
    await utimes(file, 1, 1);
    await rename(file, path.join(folder, 'b.mov'));
    assert.equal(await fingerprintFile(path.join(folder, 'b.mov')), before);
  });

  it('distinguishes any two small contents, including the empty one', async (t) => {
    const folder = await temporaryFolder(t);
    const [a, b] = [path.join(folder, 'a'), path.join(folder, 'b')];
    const content = fc.uint8Array({ maxLength: 300 });
    await fc.assert(
      fc.asyncProperty(content, content, async (one, other) => {
        await Promise.all([writeFile(a, one), writeFile(b, other)]);
        const same = (await fingerprintFile(a)) === (await fingerprintFile(b));
        assert.equal(same, Buffer.from(one).equals(Buffer.from(other)));
      }),
      { numRuns: 60 },
    );
  });

  it('sees every byte of a file of up to 1 MiB, and both ends and the size of a larger one', async (t) => {
    const file = path.join(await temporaryFolder(t), 'a');
    const changed = async (size: number, positions: number[]) => {
      await writeFile(file, Buffer.alloc(size));
      const prints = [await fingerprintFile(file)];
      for (const position of positions) {
        const handle = await open(file, 'r+');
        await handle.write(Buffer.of(1), 0, 1, position);
        await handle.close();
        prints.push(await fingerprintFile(file));
      }
      assert.equal(new Set(prints).size, positions.length + 1, `${size} bytes`);
    };
    const block = 65_536;
    await changed(16 * block, [0, block - 1, block, 7 * block + 5, 16 * block - 1]);
    await changed(block + 1, [0, block]);
    await changed(16 * block + 1, [0, 16 * block]);
    await changed(40 * block, [0, 40 * block - 1]);
    const small = await fingerprintFile(file);
    await truncate(file, 40 * block + 1);
    assert.notEqual(await fingerprintFile(file), small);
  });

  it('reads next to nothing of five gigabytes', async (t) => {
    const file = path.join(await temporaryFolder(t), 'long.mov');
    await writeFile(file, 'start');
    await truncate(file, 5 * 1024 ** 3);
    const began = performance.now();
    const first = await fingerprintFile(file);
    assert.ok(performance.now() - began < 500, `took ${performance.now() - began} ms`);
    const handle = await open(file, 'r+');
    await handle.write('end', 5 * 1024 ** 3 - 3);
    await handle.close();
    assert.notEqual(await fingerprintFile(file), first);
  });
});
