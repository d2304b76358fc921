import assert from 'node:assert/strict';
import { mkdir, readFile, rm, stat } from 'node:fs/promises';
import { describe, it, type TestContext } from 'node:test';
import sharp from 'sharp';
import type { Corrections } from '../../../src/domain/corrections.ts';
import type { StageContext } from '../../../src/stages/context.ts';
import { enhanceThumbnail } from '../../../src/stages/enhance/index.ts';
import { candidatesFolder, rankingRecord, selectionRecord, thumbnailRecord } from '../../../src/stages/records.ts';
import { leftovers, stageBench, stageError } from '../../support/stage-bench.ts';

const options = { template: 'sidebar', club: { name: 'Cafe Badminton' } };

async function selected(t: TestContext) {
  const bench = await stageBench(t);
  const file = await bench.prepared();
  const workspace = await bench.workspace(file);
  const photo = workspace.path(candidatesFolder, 'frame-0001000ms.jpg');
  await mkdir(workspace.path(candidatesFolder));
  await sharp({ create: { width: 640, height: 360, channels: 3, background: '#275' } })
    .jpeg()
    .toFile(photo);
  workspace.write(selectionRecord, { frame: 'frame-0001000ms.jpg', time: 1 });
  const enhance = (corrections?: Corrections, context: StageContext = bench.attempt(), template = 'sidebar') =>
    enhanceThumbnail(file, { ...options, template, corrections }, context);
  return { bench, file, workspace: await bench.workspace(file), photo, enhance };
}

const drawnAt = async (file: string) => (await stat(file, { bigint: true })).mtimeNs;

describe('the stage "enhance"', () => {
  it('draws a thumbnail, and draws it again only when something in it has changed', async (t) => {
    const { bench, workspace, photo, enhance } = await selected(t);
    const { file } = await enhance();
    const { width, height, format } = await sharp(file).metadata();
    assert.deepEqual({ width, height, format }, { width: 1280, height: 720, format: 'jpeg' });
    assert.equal(workspace.read(thumbnailRecord)?.template, 'sidebar');
    const first = await drawnAt(file);
    await enhance();
    assert.equal(await drawnAt(file), first, 'not drawn again');

    await enhance({ tournament: 'Winter Cup' });
    const corrected = await drawnAt(file);
    assert.notEqual(corrected, first);
    await enhance({ tournament: 'Winter Cup', title: 'The title is not in the picture' });
    assert.equal(await drawnAt(file), corrected);
    const before = await readFile(file);
    await enhance({ tournament: 'Winter Cup', date: '2026-11-20' });
    assert.notDeepEqual(await readFile(file), before, 'another day is another picture');
    await enhance({ tournament: 'Winter Cup' });
    assert.deepEqual(await readFile(file), before);

    await sharp({ create: { width: 640, height: 360, channels: 3, background: '#722' } })
      .jpeg()
      .toFile(photo);
    await enhance({ tournament: 'Winter Cup' });
    assert.notDeepEqual(await readFile(file), before, 'another picture under the same name');
    await rm(file);
    await enhance({ tournament: 'Winter Cup' });
    assert.ok((await stat(file)).size > 10_000, 'a deleted thumbnail is drawn again');
    assert.deepEqual(leftovers(bench.dataFolder), []);
  });

  it('shows the players the ranking saw in the chosen frame', async (t) => {
    const { bench, file: recording, photo, enhance } = await selected(t);
    await sharp({ create: { width: 1920, height: 1080, channels: 3, background: '#234' } })
      .composite([
        { input: { create: { width: 960, height: 1080, channels: 3, background: '#e42' } }, left: 960, top: 0 },
      ])
      .jpeg()
      .toFile(photo);
    const shareOfRed = async (file: string) => {
      const { data } = await sharp(file)
        .extract({ left: 480, top: 0, width: 800, height: 720 })
        .raw()
        .toBuffer({ resolveWithObject: true });
      let red = 0;
      for (let at = 0; at < data.length; at += 3) if ((data[at] ?? 0) > 2 * (data[at + 2] ?? 0)) red += 1;
      return red / (data.length / 3);
    };
    const rank = async (frame: string, x: number) =>
      (await bench.workspace(recording)).write(rankingRecord, {
        topN: 1,
        withoutPose: false,
        candidates: [
          { rank: 1, frame, time: 1, score: 1, why: '', players: [{ x, y: 0.4, width: 0.08, height: 0.3 }] },
        ],
        notes: [],
      });
    const withoutRanking = await shareOfRed((await enhance()).file);
    await rank('frame-0001000ms.jpg', 0.85);
    assert.ok((await shareOfRed((await enhance()).file)) > 0.95);
    await rank('frame-0001000ms.jpg', 0.1);
    assert.ok((await shareOfRed((await enhance()).file)) < 0.3);
    await rank('frame-0009000ms.jpg', 0.1);
    assert.equal(await shareOfRed((await enhance()).file), withoutRanking, 'those of another frame count for nothing');
  });

  it('does not touch the newer attempt’s thumbnail, and leaves nothing behind', async (t) => {
    const { bench, workspace, enhance } = await selected(t);
    const old = bench.attempt();
    const newer = bench.attempt();
    const { file } = await enhance({ tournament: 'New' }, newer);
    const before = await drawnAt(file);
    await assert.rejects(enhance({ tournament: 'Old' }, old), stageError('SUPERSEDED'));
    const late = bench.attempt();
    const report = () => bench.store.fence.take(workspace.videoId, bench.attempt().attempt);
    await assert.rejects(enhance({ tournament: 'Old' }, { ...late, report }), stageError('SUPERSEDED'));
    assert.equal(await drawnAt(file), before);
    assert.deepEqual(leftovers(bench.dataFolder), []);
  });

  it('ends soon when cancelled, and leaves nothing behind', async (t) => {
    const { bench, workspace, enhance } = await selected(t);
    const cancel = new AbortController();
    const context = bench.attempt(cancel.signal);
    const began = performance.now();
    const report = () => setTimeout(() => cancel.abort(new Error('cancelled')), 50);
    await assert.rejects(enhance({}, { ...context, report }), /cancelled/);
    assert.ok(performance.now() - began < 3000);
    assert.equal(workspace.read(thumbnailRecord), undefined);
    assert.deepEqual(leftovers(bench.dataFolder), []);
  });

  it('refuses an unknown template, a missing picture and a missing selection', async (t) => {
    const { bench, file, workspace, photo, enhance } = await selected(t);
    await assert.rejects(enhance({}, bench.attempt(), 'poster'), stageError('TEMPLATE_UNKNOWN', /poster/));
    await rm(photo);
    await assert.rejects(enhance(), stageError('PICTURE_UNREADABLE'));
    workspace.path();
    (await bench.workspace(file)).remove(selectionRecord);
    await assert.rejects(enhance(), stageError('STAGE_ORDER', /"select" has not run/));
  });
});
