import assert from 'node:assert/strict';
import { appendFile, readFile, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { describe, type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { FileChangedError } from '../../../src/youtube/resumable/index.ts';
import { chunkBytes, exists, sizes } from './matrix/cells.ts';
import { assertOneVideo, prepareCell } from './matrix/run-cell.ts';
import { localYouTube, type StartServer, uploadx } from './matrix/servers.ts';

const changes: Record<string, (file: string, size: number) => Promise<unknown>> = {
  grown: (file) => appendFile(file, 'more'),
  shrunk: (file, size) => truncate(file, Math.floor(size / 2)),
  'changed at the same size': (file, size) => writeFile(file, Buffer.alloc(size, 1)),
};

for (const [name, server] of Object.entries({ 'the local YouTube': localYouTube, '@uploadx/core': uploadx })) {
  for (const [how, change] of Object.entries(changes)) {
    describe(`a file ${how} during its upload to ${name}: refused, and sent once it is back`, {
      concurrency: 4,
    }, () => {
      for (const [words, size] of Object.entries(sizes)) {
        test(`before its first chunk × ${words}`, (t) => changed(t, server, size, 1, change));
        if (exists('last chunk', size)) {
          const last = Math.ceil(size / chunkBytes);
          test(`before its last chunk × ${words}`, (t) => changed(t, server, size, last, change));
        }
      }
    });
  }

  describe(`two senders on one session of ${name}`, { concurrency: 4 }, () => {
    for (const [words, size] of Object.entries(sizes)) test(words, (t) => twoSenders(t, server, size));
  });
}

async function changed(
  t: TestContext,
  server: StartServer,
  size: number,
  atChunk: number,
  change: (file: string, size: number) => Promise<unknown>,
): Promise<void> {
  const cell = await prepareCell(t, server, size, () => undefined);
  const [content, { atime, mtime }] = await Promise.all([readFile(cell.file), stat(cell.file)]);
  await utimes(cell.file, atime, mtime);
  let chunks = 0;
  const beforeChunk = async () => {
    chunks += 1;
    if (chunks === atChunk) await change(cell.file, size);
  };
  for (const hooks of [{ beforeChunk }, {}]) {
    const error = await cell.upload(hooks).catch((thrown: unknown) => thrown);
    assert.ok(error instanceof FileChangedError, String(error));
    assert.equal(error.lastByteMayHaveBeenSent, false);
    assert.deepEqual(await cell.server.videos(), [], 'nothing came of it');
  }
  await writeFile(cell.file, content);
  await utimes(cell.file, atime, mtime);
  await assertOneVideo(cell, await cell.upload());
}

async function twoSenders(t: TestContext, server: StartServer, size: number): Promise<void> {
  const cell = await prepareCell(t, server, size, () => undefined);
  await cell.upload({ beforeChunk: () => Promise.reject(new Error('only open the session')) }).catch(() => {});
  const beforeChunk = () => sleep(10 * Math.random());
  const [one, two] = await Promise.all([cell.upload({ beforeChunk }), cell.upload({ beforeChunk })]);
  assert.deepEqual(one.answer, two.answer);
  await assertOneVideo(cell, one);
}
