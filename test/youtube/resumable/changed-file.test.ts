import assert from 'node:assert/strict';
import { utimesSync } from 'node:fs';
import { appendFile, rename, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { type TestContext, test } from 'node:test';
import { FileChangedError, UploadInterruptedError } from '../../../src/youtube/resumable/index.ts';
import { assertKeepsSecret, chunkBytes, inOrder, listVideos, setUp, sha256, unit } from '../support.ts';

const changes: Record<string, (file: string) => Promise<unknown>> = {
  grown: (file) => appendFile(file, 'more'),
  shrunk: (file) => truncate(file, chunkBytes + 1),
  'changed at the same size': async (file) => writeFile(file, Buffer.alloc((await stat(file)).size)),
};
for (const [how, change] of Object.entries(changes)) {
  test(`a file ${how} during the upload is refused, now and later`, async (t) => {
    const setting = await setUp(t, { size: 2 * chunkBytes });
    let chunks = 0;
    const beforeChunk = async () => {
      chunks += 1;
      if (chunks === 2) await change(setting.file);
    };
    for (const hooks of [{ beforeChunk }, {}]) {
      const error = await setting.upload(hooks).catch((thrown: unknown) => thrown);
      assert.ok(error instanceof FileChangedError, String(error));
      assert.equal(error.lastByteMayHaveBeenSent, false);
      assertKeepsSecret(error, await setting.store.load());
    }
  });
}

test('a file changed within the last chunk is not completed', async (t) => {
  const setting = await setUp(t, { size: 3 * chunkBytes });
  const onProgress = () => utimesSync(setting.file, new Date(), new Date(2001, 1));
  const error = await setting.upload({ onProgress, chunkBytes: 3 * chunkBytes }).catch((thrown: unknown) => thrown);
  assert.ok(error instanceof FileChangedError, String(error));
  assert.deepEqual(await listVideos(setting.server.url), []);
});

test('a file whose size is not the one announced is not started', async (t) => {
  const setting = await setUp(t, { size: 10 });
  await assert.rejects(setting.upload({ size: 11 }), FileChangedError);
  assert.deepEqual(setting.requests, []);
});

test('a file renamed during the upload is still sent', async (t) => {
  const setting = await setUp(t, { size: 2 * chunkBytes });
  let chunks = 0;
  const beforeChunk = async () => {
    chunks += 1;
    if (chunks === 2) await rename(setting.file, `${setting.file}.moved`);
  };
  const { sha256: fingerprint } = await setting.upload({ beforeChunk });
  assert.equal(fingerprint, sha256(setting.content));
});

/** An upload whose last byte was announced, and of which the server kept only a part. */
async function cutInTheLastChunk(t: TestContext) {
  const setting = await setUp(t, {
    size: 2 * chunkBytes,
    faults: inOrder(undefined, { kind: 'drop', afterBytes: unit }, { kind: 'drop' }),
  });
  await assert.rejects(setting.upload({ retry: { attempts: 1, minDelayMs: 1 } }), UploadInterruptedError);
  const { sent, sha256: promised } = (await setting.store.load()) ?? {};
  assert.deepEqual([sent, promised], ['all', sha256(setting.content)]);
  return setting;
}

test('touched after its last byte was announced: the same bytes are the same file, and it is completed', async (t) => {
  const setting = await cutInTheLastChunk(t);
  await utimes(setting.file, new Date(), new Date(2001, 1));
  const { sha256: hash } = await setting.upload();
  assert.equal(hash, sha256(setting.content));
  assert.ok((await setting.onlyVideo()).bytes.equals(setting.content));
  assert.equal(setting.requests.filter((line) => line.startsWith('POST')).length, 1, 'one session only');
});

test('changed in one byte after its last byte was announced: refused until the recording is back', async (t) => {
  const setting = await cutInTheLastChunk(t);
  const changed = Buffer.from(setting.content);
  changed[0] = (changed[0] ?? 0) ^ 1;
  await writeFile(setting.file, changed);
  for (const _ of [1, 2]) await assert.rejects(setting.upload(), FileChangedError);
  assert.deepEqual(await listVideos(setting.server.url), []);
  await writeFile(setting.file, setting.content);
  await setting.upload();
  assert.ok((await setting.onlyVideo()).bytes.equals(setting.content));
});
