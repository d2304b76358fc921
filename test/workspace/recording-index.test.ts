import assert from 'node:assert/strict';
import { appendFile, mkdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { openStore } from '../../src/workspace/store.ts';
import { atEnd, temporaryFolder } from '../support/clean-up.ts';
import { stageError } from '../support/stage-bench.ts';

async function open(t: TestContext) {
  const folder = await temporaryFolder(t);
  const { recordings, close } = openStore(path.join(folder, 'data'));
  atEnd(t, close);
  return { folder, recordings, file: path.join(folder, 'a.mov') };
}

describe('the recording index', () => {
  it('reads an unchanged file once, however it is written', async (t) => {
    const { folder, recordings, file } = await open(t);
    const write = async (content: string) => {
      await writeFile(file, content);
      await utimes(file, 1e9, 1e9);
    };
    await write('content');
    const first = await recordings.fingerprint(file);
    // Only a file that is not read again looks the same now.
    await write('CONTENT');
    assert.equal(await recordings.fingerprint(`${folder}/../${path.basename(folder)}/a.mov`), first);
  });

  it('gives a changed file a new fingerprint, and an identical file elsewhere the same one', async (t) => {
    const { folder, recordings, file } = await open(t);
    await writeFile(file, 'content');
    const first = await recordings.fingerprint(file);
    await writeFile(path.join(folder, 'b.mov'), 'content');
    assert.equal(await recordings.fingerprint(path.join(folder, 'b.mov')), first);
    await writeFile(file, 'CONTENT');
    await utimes(file, 1e9, 1e9);
    const second = await recordings.fingerprint(file);
    assert.notEqual(second, first, 'of the same size, at another time');
    await writeFile(file, 'longer content');
    await utimes(file, 1e9, 1e9);
    assert.notEqual(await recordings.fingerprint(file), second, 'of another size, at the same time');
  });

  it('rereads a file whose time was reset to what it had a moment ago', async (t) => {
    const { recordings, file } = await open(t);
    const now = new Date();
    const write = async (content: string) => {
      await writeFile(file, content);
      await utimes(file, now, now);
    };
    await write('content');
    const first = await recordings.fingerprint(file);
    await write('CONTENT');
    assert.notEqual(await recordings.fingerprint(file), first);
  });

  it('gives no fingerprint for a file that is constantly being written to', async (t) => {
    const { recordings, file } = await open(t);
    await writeFile(file, Buffer.alloc(2 ** 20, 1));
    let isWriting = true;
    const writing = (async () => {
      while (isWriting) await appendFile(file, 'more');
    })();
    await assert.rejects(recordings.fingerprint(file), stageError('FILE_CHANGED', /still writes to .*a\.mov/));
    isWriting = false;
    await writing;
    await recordings.fingerprint(file);
  });

  it('answers for a file that was moved away with its last content', async (t) => {
    const { folder, recordings, file } = await open(t);
    await writeFile(file, 'content');
    const first = await recordings.fingerprint(file);
    await rename(file, path.join(folder, 'completed.mov'));
    assert.equal(await recordings.fingerprint(file), first);
  });

  it('knows nothing about a file that never existed, or about a path below a file', async (t) => {
    const { recordings, file } = await open(t);
    const missing = stageError('FILE_MISSING', /There is no file/);
    await assert.rejects(recordings.fingerprint(file), missing);
    await writeFile(file, 'x');
    await assert.rejects(recordings.fingerprint(path.join(file, 'b.mov')), missing);
    await rm(file);
  });

  it('calls a folder a folder, even where a recording was before', async (t) => {
    const { recordings, file } = await open(t);
    await writeFile(file, 'x');
    await recordings.fingerprint(file);
    await rm(file);
    await mkdir(file);
    await assert.rejects(
      recordings.fingerprint(file),
      stageError('NOT_A_VIDEO', /a\.mov is a folder, not a recording/),
    );
  });
});
