import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import type { PublishTarget } from '../../../src/domain/publish-target.ts';
import { destinationRecord } from '../../../src/stages/records.ts';
import { begunOn, destinationOf } from '../../../src/stages/upload/destination.ts';
import { openStore } from '../../../src/workspace/store.ts';
import { temporaryFolder } from '../../support/clean-up.ts';
import { stageError } from '../../support/stage-bench.ts';
import { publishBench } from './publish-bench.ts';

test('a run stays where something of it may be, and only that run', async (t) => {
  const folder = await temporaryFolder(t);
  const store = openStore(folder);
  t.after(() => store.close());
  const file = path.join(folder, 'ms_AvsB.mov');
  writeFileSync(file, 'a recording');
  let step = 0;
  const goes = (set: PublishTarget, run: string, sentTo?: PublishTarget, isSentAgain = false) => {
    const attempt = { line: run, place: [++step, 1] as const };
    return destinationOf(
      file,
      { set, run, sentTo, isSentAgain },
      {
        ...{ store, attempt, signal: new AbortController().signal, report: () => undefined },
      },
    );
  };
  const attempt = { line: 'look', place: [1, 1] as const };
  const { videoId } = await store.open(file, attempt);
  assert.equal(await goes('youtube', 'one'), 'youtube');
  assert.equal(await goes('local', 'one'), 'local', 'nothing was sent yet');
  // As an attempt does before it opens a session, after which it may be killed.
  store.uploads.note(videoId, 'local', 'nothing');
  assert.equal(await goes('youtube', 'one'), 'local');
  assert.equal(await goes('youtube', 'one', 'youtube'), 'youtube', 'what the workflow knows comes first');
  assert.equal(await goes('youtube', 'two'), 'youtube', 'an upload of an earlier run binds nobody');
  assert.equal(await goes('local', 'two'), 'local');
  const workspace = await store.open(file, { line: 'look', place: [2, 1] });
  assert.equal(begunOn(workspace, 'two', store), undefined, 'it is not prepared');

  const limits = { units: 10_000, uploads: 100 };
  assert.equal(await goes('local', 'three'), 'local');
  store.uploads.forget(videoId, 'local');
  store.quota.reserve('local', videoId, { units: 100, uploads: 1 }, limits);
  assert.equal(await goes('youtube', 'three', undefined, true), 'local', 'a person looked there');
  assert.equal(store.quota.today('local', limits).reserved.uploads, 1);
  assert.equal(await goes('youtube', 'three'), 'youtube');
  assert.equal(store.quota.today('local', limits).reserved.uploads, 0, 'others may have it');

  // As earlier versions left it, which noted no destination.
  rmSync(workspace.path(destinationRecord.file));
  store.uploads.note(videoId, 'local', 'some');
  assert.equal(await goes('youtube', 'four'), 'local', 'half of it is there');
  assert.equal(await goes('youtube', 'four'), 'local', 'which is noted');
  rmSync(workspace.path(destinationRecord.file));
  const entry = { youtubeId: 'a', watchUrl: 'http://127.0.0.1/', title: 'A', recording: 'a.mov', publishedAt: '2026' };
  store.ledger.enter({ ...entry, fingerprint: workspace.fingerprint, target: 'local' });
  assert.equal(await goes('youtube', 'five'), 'youtube', 'that was finished by an earlier run');
});

test('a recording is not begun where videos no longer go, however late that is noticed, and one that is begun is finished', async (t) => {
  const bench = await publishBench(t);
  let now: PublishTarget = 'local';
  const targetNow = () => now;
  const switchAt = (call: string) => {
    now = 'local';
    bench.faults = (request) => {
      if (request.call === call) now = 'youtube';
      return undefined;
    };
  };
  const isMoved = stageError('UPLOAD_INTERRUPTED', /Where videos go has been changed/);
  const { videoId } = await bench.space();
  for (const call of ['channels.list', 'videos.insert']) {
    switchAt(call);
    await assert.rejects(bench.upload({ targetNow }), isMoved, call);
    assert.equal(bench.store.uploads.find(videoId, 'local'), undefined, 'nothing is begun');
  }
  switchAt('thumbnails.set');
  await bench.upload({ targetNow });
  assert.equal((await bench.onlyVideo()).privacy, 'unlisted');
});
