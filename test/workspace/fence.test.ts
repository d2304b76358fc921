import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { z } from 'zod';
import { openDatabase } from '../../src/workspace/database.ts';
import { openFence } from '../../src/workspace/fence.ts';
import { openStore } from '../../src/workspace/store.ts';
import { atEnd, temporaryFolder } from '../support/clean-up.ts';
import { startNode } from '../support/node-process.ts';
import { stageError } from '../support/stage-bench.ts';

const video = 'video-0123456789abcdef';
const older = { line: 'a run', place: [1, 1] } as const;
const newer = { line: 'a run', place: [1, 2] } as const;
const note = { file: 'note.json', schema: z.object({ by: z.string() }), upgrades: [] };
const superseded = stageError('SUPERSEDED', /newer attempt/);

async function open(t: TestContext) {
  const folder = await temporaryFolder(t);
  const store = openStore(path.join(folder, 'data'));
  atEnd(t, () => store.close());
  const recording = path.join(folder, 'x.mov');
  writeFileSync(recording, 'content');
  return { store, fence: store.fence, recording };
}

describe('the fence', () => {
  it('refuses the older attempt everywhere once a newer one has taken over', async (t) => {
    const { store, fence, recording } = await open(t);
    const mine = await store.open(recording, older);
    mine.write(note, { by: 'older' });
    const draft = mine.path('draft');
    writeFileSync(draft, 'x');
    const theirs = await store.open(recording, newer);
    theirs.write(note, { by: 'newer' });

    assert.throws(() => mine.write(note, { by: 'older again' }), superseded);
    assert.throws(() => mine.adopt(draft, mine.path('picture')), superseded);
    assert.throws(() => mine.remove(note), superseded);
    assert.throws(() => fence.refresh(mine.videoId, older), superseded);
    assert.throws(() => fence.take(mine.videoId, older), superseded);
    await assert.rejects(store.open(recording, older), superseded);
    assert.deepEqual(theirs.read(note), { by: 'newer' });
    fence.refresh(mine.videoId, newer);
  });

  it('lets the holder claim its video again, and each video have its own holder', async (t) => {
    const { fence } = await open(t);
    fence.take(video, newer);
    fence.take(video, newer);
    fence.take('video-other', older);
    fence.refresh(video, newer);
    fence.refresh('video-other', older);
  });

  it('lets nobody write who never claimed the video', async (t) => {
    const { fence } = await open(t);
    assert.throws(() => fence.guard(video, older, () => assert.fail('written')), superseded);
  });

  it('refuses an older attempt even after the newer one has ended', async (t) => {
    const { fence } = await open(t);
    fence.take(video, newer);
    fence.release(video, newer);
    assert.throws(() => fence.take(video, older), superseded);
    fence.take(video, { line: 'a run', place: [2, 1] });
  });

  it('orders attempts of different lines by who takes the video, and lets none that was replaced come back', async (t) => {
    const { fence } = await open(t);
    const run = (step: number, attempt: number) => ({ line: 'a run', place: [step, attempt] }) as const;
    const command = { line: 'a command', place: [1, 1] } as const;
    fence.take(video, run(3, 2));
    fence.take(video, command);
    assert.throws(() => fence.refresh(video, run(3, 2)), superseded);
    for (const late of [run(3, 2), run(3, 1), run(2, 7)]) assert.throws(() => fence.take(video, late), superseded);
    fence.refresh(video, command);
    fence.take(video, run(3, 3));
    assert.throws(() => fence.take(video, command), superseded);
    fence.take(video, run(10, 1));
    fence.take(video, { line: 'the next run', place: [1, 1] });
    assert.throws(() => fence.guard(video, run(10, 1), () => assert.fail('written')), superseded);
  });

  it('knows nothing of the wall clock: whoever ended, or was killed, an hour ahead of it is replaced', async (t) => {
    const { fence } = await open(t);
    const [ended, killed] = [video, 'video-of-a-killed-one'];
    t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 3_600_000 });
    for (const id of [ended, killed]) fence.take(id, { line: 'ahead', place: [1, 1] });
    fence.release(ended, { line: 'ahead', place: [1, 1] });
    t.mock.timers.reset();
    assert.equal(fence.isBusy(ended, 15), false);
    assert.equal(fence.isBusy(killed, 15), true);
    await new Promise((resolve) => setTimeout(resolve, 60));
    assert.equal(fence.isBusy(killed, 0.05), false);
    for (const id of [ended, killed]) fence.take(id, { line: 'now', place: [1, 1] });
  });

  it('takes nobody for alive who was seen before the machine was restarted', async (t) => {
    const database = openDatabase(await temporaryFolder(t));
    atEnd(t, () => database.close());
    let sinceBoot = 5_000_000;
    const fence = openFence(database, () => sinceBoot);
    fence.take(video, older);
    assert.equal(fence.isBusy(video, 15), true);
    sinceBoot = 30_000;
    assert.equal(fence.isBusy(video, 15), false);
  });

  it('continues after a failed write', async (t) => {
    const { fence } = await open(t);
    fence.take(video, older);
    const failing = () => {
      throw new Error('disk on fire');
    };
    assert.throws(() => fence.guard(video, older, failing), /disk on fire/);
    assert.equal(
      fence.guard(video, older, () => 'written'),
      'written',
    );
  });

  it('knows a busy video by the sign of life of its attempt, until that is released', async (t) => {
    const { fence } = await open(t);
    assert.equal(fence.isBusy(video, 15), false);
    fence.take(video, older);
    assert.equal(fence.isBusy(video, 15), true);
    await new Promise((resolve) => setTimeout(resolve, 60));
    assert.equal(fence.isBusy(video, 0.05), false, 'silent for longer than asked');
    fence.refresh(video, older);
    assert.equal(fence.isBusy(video, 15), true);
    fence.release(video, newer);
    assert.equal(fence.isBusy(video, 15), true, 'somebody else cannot release it');
    fence.release(video, older);
    assert.equal(fence.isBusy(video, 15), false);
  });

  it('holds between processes: no write of one falls into a guarded write of the other', async (t) => {
    const folder = await temporaryFolder(t);
    const log = path.join(folder, 'log');
    const script = new URL('./contender.ts', import.meta.url);
    const at = String(Date.now() + 500);
    const contenders = ['first', 'second'].map((token) => startNode(t, script, folder, log, token, at));
    await Promise.all(contenders.map(({ ended }) => ended));
    const lines = (await readFile(log, 'utf8')).trim().split('\n');
    const entries = lines.map((line) => line.split(' '));
    assert.ok(new Set(entries.map(([token]) => token)).size === 2, 'both got their turns');
    for (let at = 0; at < entries.length; at += 2) {
      const [begin, end] = [entries[at], entries[at + 1]];
      assert.deepEqual([begin?.[1], end?.[1], end?.[0]], ['begin', 'end', begin?.[0]], lines.slice(at, at + 2).join());
    }
  });
});
