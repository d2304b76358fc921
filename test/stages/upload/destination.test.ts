import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import type { PublishTarget } from '../../../src/domain/publish-target.ts';
import { begunOn, destinationOf } from '../../../src/stages/upload/destination.ts';
import { openStore } from '../../../src/workspace/store.ts';
import { temporaryFolder } from '../../support/clean-up.ts';

test('a run stays where something of it may be, and only that run', async (t) => {
  const folder = await temporaryFolder(t);
  const store = openStore(folder);
  t.after(() => store.close());
  const file = path.join(folder, 'ms_AvsB.mov');
  writeFileSync(file, 'a recording');
  let step = 0;
  const goes = (set: PublishTarget, run: string, sentTo?: PublishTarget) => {
    const attempt = { line: run, place: [++step, 1] as const };
    return destinationOf(
      file,
      { set, run, sentTo },
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
});
