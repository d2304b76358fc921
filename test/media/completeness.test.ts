import assert from 'node:assert/strict';
import { appendFile, copyFile, open, readFile, truncate, writeFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { completenessOf, probe, probeToTheEnd } from '../../src/media/index.ts';
import { temporaryFolder, writeClip } from './clips.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
before(async () => {
  folder = await temporaryFolder();
});
after(() => folder.remove());

for (const indexFirst of [true, false]) {
  const name = indexFirst ? 'first' : 'last';
  test(`a copy whose index comes ${name} is unfinished until its last bytes, whichever way it is filled`, async () => {
    const whole = await writeClip(folder.path(`whole-${name}.mov`), { seconds: 6, indexFirst, sound: () => 0 });
    assert.equal(await completenessOf(whole), 'whole');
    const { length } = await readFile(whole);
    const file = folder.path(`copy-${name}.mov`);
    for (const part of [0, 0.1, 0.5, 0.9, 0.99]) {
      await copyFile(whole, file);
      await truncate(file, Math.floor(length * part));
      assert.equal(await completenessOf(file), 'unfinished', `of ${part} grown`);
    }
    for (const part of [0, 0.1, 0.5, 0.7, 0.85]) {
      await copyFile(whole, file);
      await truncate(file, Math.floor(length * part));
      await truncate(file, length);
      assert.equal(await completenessOf(file), 'unfinished', `of ${part} filled`);
    }
  });
}

test('bytes cannot tell whether a fragmented file, or one of another format, is complete', async () => {
  const text = folder.path('text.mov');
  await writeFile(text, 'not a video');
  assert.equal(await completenessOf(text), 'unknown');
  const file = await writeClip(folder.path('fragments.mov'), { seconds: 1 });
  await appendFile(file, Buffer.from('\0\0\0\x10moof12345678', 'latin1'));
  assert.equal(await completenessOf(file), 'unknown');
});

test('an index that promises missing pictures is refused', async () => {
  const file = await writeClip(folder.path('promises.mov'), { seconds: 20, indexFirst: true });
  await probeToTheEnd(file);
  const handle = await open(file, 'r+');
  const { size } = await handle.stat();
  const from = Math.floor(size * 0.8);
  // Not zeros, which are noticed before anything is decoded.
  await handle.write(Buffer.alloc(size - from, 0xaa), 0, size - from, from);
  await handle.close();
  await probe(file);
  await assert.rejects(probeToTheEnd(file), {
    code: 'DAMAGED_VIDEO',
    message: /last pictures cannot be read/,
  });
});
