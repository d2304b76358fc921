import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { cleanupVideo } from '../../../src/stages/cleanup/index.ts';
import { prepareVideo } from '../../../src/stages/prepare/index.ts';
import { cleanupRecord, type PublicationRecord, publicationRecord } from '../../../src/stages/records.ts';
import { hashFile } from '../../../src/youtube/resumable/hash-file.ts';
import { sampleName } from '../../support/sample-recording.ts';
import { prepareOptions, type StageBench, stageBench, stageError } from '../../support/stage-bench.ts';

type Target = 'local' | 'youtube';

/** What the stage "upload" leaves. */
async function publish(bench: StageBench, file: string, target: Target, changes: Partial<PublicationRecord> = {}) {
  const sha256 = await hashFile(file);
  (await bench.workspace(file)).write(publicationRecord(target), {
    youtubeId: 'abc',
    watchUrl: 'https://www.youtube.com/watch?v=abc',
    title: 'Khanh/Leo vs Huy/Viet',
    privacy: 'unlisted',
    sha256,
    bytes: (await stat(file)).size,
    thumbnailSet: 'test',
    confirmed: true,
    publishedAt: '2024-12-15T12:00:00.000Z',
    ...changes,
  });
}

async function setUp(t: TestContext, target: Target = 'youtube') {
  const bench = await stageBench(t);
  const file = await bench.prepared();
  await publish(bench, file, target);
  const completedFolder = path.join(bench.folder, 'completed');
  const cleanup = (from = file, context = bench.attempt()) => cleanupVideo(from, { target, completedFolder }, context);
  return {
    bench,
    file,
    completedFolder,
    cleanup,
    content: await readFile(file),
    at: path.join(completedFolder, sampleName),
  };
}

describe('the stage "cleanup"', () => {
  it('moves a published recording, and says the same when it is run again', async (t) => {
    const { cleanup, file, at, content, bench } = await setUp(t);
    assert.deepEqual(await cleanup(), { movedTo: at });
    assert.deepEqual(await cleanup(), { movedTo: at });
    assert.ok(!existsSync(file));
    assert.ok((await readFile(at)).equals(content));
    assert.deepEqual((await bench.workspace(file)).read(cleanupRecord), { movedTo: at });
  });

  it('touches nothing in a rehearsal', async (t) => {
    const { cleanup, file, completedFolder, bench } = await setUp(t, 'local');
    const before = await stat(file, { bigint: true });
    assert.deepEqual(await cleanup(), {});
    const after = await stat(file, { bigint: true });
    assert.deepEqual([after.ino, after.mtimeNs, after.size], [before.ino, before.mtimeNs, before.size]);
    assert.ok(!existsSync(completedFolder));
    assert.equal((await bench.workspace(file)).read(cleanupRecord), undefined);
  });

  it('moves nothing that is unpublished, unconfirmed or not published for real', async (t) => {
    const { cleanup, file, bench, completedFolder } = await setUp(t);
    await publish(bench, file, 'youtube', { confirmed: false });
    await assert.rejects(cleanup(), stageError('PUBLISH_NOT_CONFIRMED', /watch\?v=abc is not confirmed/));
    (await bench.workspace(file)).remove(publicationRecord('youtube'));
    await publish(bench, file, 'local');
    await assert.rejects(cleanup(), stageError('STAGE_ORDER', /"upload" has not run/));
    assert.ok(existsSync(file) && !existsSync(completedFolder));
  });

  it('takes a free name next to another recording of the same name', async (t) => {
    const { cleanup, at, content, completedFolder } = await setUp(t);
    await mkdir(completedFolder);
    await writeFile(at, 'another match');
    const second = path.join(completedFolder, sampleName.replace('.mov', ' (2).mov'));
    assert.deepEqual(await cleanup(), { movedTo: second });
    assert.equal(await readFile(at, 'utf8'), 'another match');
    assert.ok((await readFile(second)).equals(content));
  });

  it('takes another free name when the planned one was taken before the move', async (t) => {
    const { cleanup, file, at, content, bench, completedFolder } = await setUp(t);
    (await bench.workspace(file)).write(cleanupRecord, { movedTo: at });
    await mkdir(completedFolder);
    await writeFile(at, 'another match');
    const { movedTo = '' } = await cleanup();
    assert.notEqual(movedTo, at);
    assert.ok((await readFile(movedTo)).equals(content));
    assert.equal(await readFile(at, 'utf8'), 'another match');
  });

  it('keeps both of two recordings with the same name that are put away at the same time', async (t) => {
    const { cleanup, file, content, bench, completedFolder } = await setUp(t);
    const folder = path.join(bench.folder, 'second-camera');
    const other = path.join(folder, sampleName);
    const otherContent = await readFile(await bench.recording('other.mov'));
    await mkdir(folder);
    await rename(path.join(bench.inputFolder, 'other.mov'), other);
    await prepareVideo(other, { ...prepareOptions, dataFolder: bench.dataFolder }, bench.attempt());
    await publish(bench, other, 'youtube');

    const moved = await Promise.all([cleanup(file), cleanup(other)]);
    const [here = '', there = ''] = moved.map(({ movedTo }) => movedTo);
    assert.ok((await readFile(here)).equals(content));
    assert.ok((await readFile(there)).equals(otherContent));
    assert.equal((await readdir(completedFolder)).length, 2);
  });

  it('leaves a recording that is already in the completed folder where it is', async (t) => {
    const { cleanup, at, content, bench } = await setUp(t);
    await cleanup();
    assert.deepEqual(await cleanup(at), { movedTo: at });
    assert.ok((await readFile(at)).equals(content));
    (await bench.workspace(at)).remove(cleanupRecord);
    assert.deepEqual(await cleanup(at), { movedTo: at });
    assert.ok((await readFile(at)).equals(content));
  });

  it('puts a second copy away by removing it, if the first is whole in the completed folder', async (t) => {
    const { cleanup, file, at, content, completedFolder } = await setUp(t);
    await cleanup();
    await cp(at, file);
    assert.deepEqual(await cleanup(), { movedTo: at });
    assert.ok(!existsSync(file));
    assert.ok((await readFile(at)).equals(content));
    assert.deepEqual(await readdir(completedFolder), [sampleName]);
  });

  it('believes the ledger when the workspace of a published recording was lost', async (t) => {
    const { cleanup, file, at, content, bench } = await setUp(t);
    const fingerprint = await bench.store.recordings.fingerprint(file);
    const publication = { youtubeId: 'abc', watchUrl: 'x', title: 'x', recording: 'x', publishedAt: 'x' };
    bench.store.ledger.enter({ fingerprint, target: 'youtube', ...publication });
    await rm(bench.store.workspaceRoot, { recursive: true });
    await prepareVideo(file, { ...prepareOptions, dataFolder: bench.dataFolder }, bench.attempt());
    assert.deepEqual(await cleanup(), { movedTo: at });
    assert.ok((await readFile(at)).equals(content));
  });

  it('says that the recording is gone, and that the folder cannot be used', async (t) => {
    const { cleanup, file, completedFolder } = await setUp(t);
    await writeFile(completedFolder, 'a file where a folder should be');
    await assert.rejects(cleanup(), stageError('FOLDER_UNUSABLE', /completed/));
    await rm(completedFolder);
    await rename(file, `${file}.away`);
    await assert.rejects(cleanup(), stageError('FILE_MISSING', /is gone/));
  });

  it('moves nothing for an attempt that a newer one has overtaken', async (t) => {
    const { cleanup, file, bench } = await setUp(t);
    const old = bench.attempt();
    await bench.workspace(file);
    await assert.rejects(cleanup(file, old), stageError('SUPERSEDED'));
    assert.ok(existsSync(file));
  });
});
