import assert from 'node:assert/strict';
import { copyFile, open, readFile, truncate, writeFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { isUnfinished, probe } from '../../src/media/index.ts';
import { temporaryFolder, writeClip } from './clips.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
before(async () => {
  folder = await temporaryFolder();
});
after(() => folder.remove());

/** Overwrites a part of a copy with zeros, as in a file that was given its full size before copying. */
async function emptied(source: string, name: string, from: number, to: number): Promise<string> {
  const file = folder.path(name);
  await copyFile(source, file);
  const handle = await open(file, 'r+');
  const { size } = await handle.stat();
  const [first, end] = [Math.floor(size * from), Math.floor(size * to)];
  await handle.write(Buffer.alloc(end - first), 0, end - first, first);
  await handle.close();
  return file;
}

const damaged = (pattern: RegExp) => (error: unknown) => {
  const { code, remedy, message } = error as { code: string; remedy: string; message: string };
  assert.deepEqual([code, remedy], ['DAMAGED_VIDEO', 'fix']);
  assert.match(message, pattern);
  return true;
};

test('a copy into a file of its full size is unfinished while a part of it is empty', async () => {
  const whole = await writeClip(folder.path('whole.mov'), { seconds: 20, indexFirst: true });
  assert.equal(await isUnfinished(whole), false);
  await probe(whole);

  for (const [from, to] of [
    [0.4, 1],
    [0.9, 1],
    [0, 1],
    [0.3, 0.6],
  ] as const) {
    const file = await emptied(whole, 'empty.mov', from, to);
    assert.equal(await isUnfinished(file), true, `${from} to ${to}`);
  }
  await assert.rejects(probe(await emptied(whole, 'tail.mov', 0.4, 1)), damaged(/was never written/));
  await assert.rejects(probe(await emptied(whole, 'hole.mov', 0.3, 0.6)), damaged(/was never written/));
});

test('so is a copy whose index comes last', async () => {
  const whole = await writeClip(folder.path('index-last.mov'), { seconds: 20 });
  assert.equal(await isUnfinished(whole), false);
  assert.equal(await isUnfinished(await emptied(whole, 'index-missing.mov', 0.5, 1)), true);
});

test('space that a container reserves does not count as missing', async () => {
  const whole = await readFile(await writeClip(folder.path('plain.mov'), { seconds: 6 }));
  const free = Buffer.alloc(3 * 2 ** 20);
  free.writeUInt32BE(free.length, 0);
  free.write('free', 4);
  const padded = folder.path('padded.mov');
  await writeFile(padded, Buffer.concat([whole, free]));
  assert.equal(await isUnfinished(padded), false);
  await probe(padded);
});

test('a short or empty file does not count as unfinished, and a missing one is an error', async () => {
  const file = folder.path('short.mov');
  await writeFile(file, Buffer.alloc(100));
  assert.equal(await isUnfinished(file), false);
  await truncate(file, 0);
  assert.equal(await isUnfinished(file), false);
  await assert.rejects(isUnfinished(folder.path('none.mov')), { code: 'ENOENT' });
});
