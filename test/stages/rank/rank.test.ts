import assert from 'node:assert/strict';
import { rm, stat, writeFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import sharp from 'sharp';
import { rankThumbnails } from '../../../src/stages/rank/index.ts';
import { activityRecord, rankingRecord } from '../../../src/stages/records.ts';
import { sampleSeconds, sampleSize } from '../../support/sample-recording.ts';
import { leftovers, stageBench, stageError, textFile } from '../../support/stage-bench.ts';

/** What is tested here does not depend on the pose model, which takes seconds. */
const quickly = { withoutPose: true };

const modified = async (file: string) => (await stat(file, { bigint: true })).mtimeNs;

describe('the stage "rank"', () => {
  it('gives different moments, best first, as full-size pictures', async (t) => {
    const bench = await stageBench(t);
    const file = await bench.recording();
    const { candidates } = await rankThumbnails(file, 3, bench.attempt());

    assert.deepEqual(
      candidates.map(({ rank }) => rank),
      [1, 2, 3],
    );
    assert.deepEqual(
      candidates,
      candidates.toSorted((a, b) => b.score - a.score),
    );
    assert.equal(new Set(candidates.map(({ frame }) => frame)).size, 3);
    for (const { time, file: picture, why, players } of candidates) {
      assert.ok(time >= 0 && time <= sampleSeconds);
      assert.match(why, /players?\b/);
      assert.ok(players && players.length > 1);
      for (const { x, y, width, height } of players) {
        assert.ok(x >= 0 && y >= 0 && x + width <= 1.001 && y + height <= 1.001);
      }
      const { width, height, format } = await sharp(picture).metadata();
      assert.deepEqual({ width, height, format }, { ...sampleSize, format: 'jpeg' });
    }
    const workspace = await bench.workspace(file);
    assert.deepEqual(workspace.read(rankingRecord)?.notes, []);
    assert.deepEqual(
      workspace.read(rankingRecord)?.candidates.map(({ parts }) => parts),
      candidates.map(({ parts }) => parts),
    );
    const activity = workspace.read(activityRecord);
    assert.ok(activity && activity.curve.length >= sampleSeconds);
    assert.match(activity.noRallies ?? '', /./);
    const fractions = bench.progress.flatMap(({ fraction }) => fraction ?? []);
    assert.ok(fractions.length > 10 && (fractions[0] ?? -1) >= 0 && fractions.at(-1) === 1);
    assert.deepEqual(
      fractions,
      fractions.toSorted((a, b) => a - b),
      'progress never goes back',
    );
  });

  it('does nothing the second time, recreates a lost picture, and ranks again for a different number', async (t) => {
    const bench = await stageBench(t);
    const file = await bench.recording();
    const first = await rankThumbnails(file, 2, bench.attempt(), quickly);
    const { path } = await bench.workspace(file);
    const [best, second] = first.candidates;
    assert.ok(best && second);
    const before = await Promise.all([best.file, path(rankingRecord.file)].map(modified));
    assert.deepEqual(await rankThumbnails(file, 2, bench.attempt(), quickly), first);
    assert.deepEqual(await Promise.all([best.file, path(rankingRecord.file)].map(modified)), before);

    await rm(second.file);
    assert.deepEqual(await rankThumbnails(file, 2, bench.attempt(), quickly), first);
    assert.equal((await sharp(second.file).metadata()).width, sampleSize.width);

    const { candidates } = await rankThumbnails(file, 1, bench.attempt(), quickly);
    assert.deepEqual(
      candidates.map(({ frame }) => frame),
      [best.frame],
    );
  });

  it('gives what there is when asked for more than the recording has', async (t) => {
    const bench = await stageBench(t);
    const { candidates } = await rankThumbnails(await bench.recording(), 50, bench.attempt(), quickly);
    assert.ok(candidates.length > 3 && candidates.length < 50, `${candidates.length} candidates`);
    assert.equal(new Set(candidates.map(({ frame }) => frame)).size, candidates.length);
  });

  it('ends soon after being cancelled, and can be run again', async (t) => {
    const bench = await stageBench(t);
    const file = await bench.recording();
    const cancel = new AbortController();
    const context = bench.attempt(cancel.signal);
    const ranking = rankThumbnails(
      file,
      3,
      { ...context, report: () => cancel.abort(new Error('cancelled')) },
      quickly,
    );
    await assert.rejects(ranking, /cancelled/);
    assert.equal((await bench.workspace(file)).read(rankingRecord), undefined);
    assert.deepEqual(leftovers(bench.dataFolder), []);
    assert.equal((await rankThumbnails(file, 3, bench.attempt(), quickly)).candidates.length, 3);
    const late = new AbortController();
    late.abort(new Error('before it began'));
    await assert.rejects(rankThumbnails(file, 4, bench.attempt(late.signal), quickly), /before it began/);
  });

  it('writes no ranking once a newer attempt has taken over', async (t) => {
    const bench = await stageBench(t);
    const file = await bench.recording();
    const old = bench.attempt();
    const { videoId } = await bench.store.open(file, old.attempt);
    const newer = bench.attempt();
    let taken = false;
    const report = () => {
      if (!taken) bench.store.fence.take(videoId, newer.attempt);
      taken = true;
    };
    await assert.rejects(rankThumbnails(file, 2, { ...old, report }, quickly), stageError('SUPERSEDED'));
    assert.equal((await bench.workspace(file)).read(rankingRecord), undefined);
  });

  it('refuses anything that is not a video, and says which record is damaged', async (t) => {
    const bench = await stageBench(t);
    const text = await textFile(bench, 'notes.mov', 'hello');
    await assert.rejects(rankThumbnails(text, 3, bench.attempt(), quickly), stageError('NOT_A_VIDEO', /notes\.mov/));
    const file = await bench.recording();
    await writeFile((await bench.workspace(file)).path(rankingRecord.file), '{');
    await assert.rejects(
      rankThumbnails(file, 3, bench.attempt(), quickly),
      stageError('RECORD_INVALID', /ranking\.json/),
    );
  });
});
