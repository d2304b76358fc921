import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { StageError } from '../../../src/domain/errors.ts';
import { quotaReset } from '../../../src/domain/quota.ts';
import type { Fault } from '../../../src/local-youtube/fault.ts';
import { uploadVideo } from '../../../src/stages/upload/index.ts';
import { refusalCause } from '../../../src/workspace/causes.ts';
import { openStore } from '../../../src/workspace/store.ts';
import { stageError } from '../../support/stage-bench.ts';
import { drawThumbnail, type PublishBench, publishBench, refusal, uploadOptions } from './publish-bench.ts';

const limits = { units: 10_000, uploads: 100 };
const today = ({ store }: PublishBench) => store.quota.today('local', limits);

function refusedAt({ dataFolder }: PublishBench, time: number): void {
  const then = openStore(dataFolder, () => time);
  then.causes.failed(refusalCause('local', 'units'));
  then.close();
}

describe('the quota of a publish', () => {
  it('is reserved in full before the first byte, and released at the end', async (t) => {
    const bench = await publishBench(t);
    let atStart: unknown;
    bench.faults = ({ call }) => {
      if (call === 'upload.chunk') atStart = today(bench).reserved;
      return undefined;
    };
    const playlistPerTournament = true;
    bench.store.playlists.enter(
      'Friendly Game',
      'local',
      await bench.youtube.createPlaylist('Friendly Game', 'unlisted'),
    );
    await bench.upload({ playlistPerTournament });
    assert.deepEqual(atStart, { units: 151, uploads: 0 }, 'the upload itself has been spent by then');
    const { spent, reserved } = today(bench);
    assert.deepEqual(reserved, { units: 0, uploads: 0 });
    const costs = { insert: 50, update: 50, set: 50, list: 1 };
    const units = bench.calls
      .filter((call) => call !== 'videos.insert' && call !== 'playlists.insert' && !call.startsWith('upload'))
      .map((call) => costs[call.split('.')[1] as keyof typeof costs]);
    assert.deepEqual(spent, { units: units.reduce((sum, cost) => sum + cost, 0), uploads: 1 });
  });

  it('that does not fit today sends no byte, and says when its turn comes', async (t) => {
    const bench = await publishBench(t);
    const quota = { units: 200, uploads: 100 };
    bench.store.quota.spend('local', { units: 100, uploads: 0 });
    await assert.rejects(bench.upload({ quota }), (error) => {
      stageError('QUOTA_EXHAUSTED', /used up or promised/)(error);
      assert.equal((error as { notBefore?: number }).notBefore, quotaReset(Date.now()));
      return true;
    });
    assert.ok(!bench.calls.includes('videos.insert'));
  });

  it('that YouTube itself refuses is accepted as used up for all videos, until a person wants to ask again', async (t) => {
    const bench = await publishBench(t);
    const other = await bench.prepared('ms_LeevsLin.mov', 33);
    await drawThumbnail(await bench.workspace(other));
    bench.faults = ({ call }) => (call === 'videos.insert' ? refusal('uploadLimitExceeded') : undefined);
    const upload = (order = {}) => uploadVideo(other, { ...uploadOptions, order }, bench.youtube, bench.attempt());
    await assert.rejects(bench.upload(), stageError('UPLOAD_LIMIT_REACHED', /uploadLimitExceeded/));
    await assert.rejects(upload(), stageError('UPLOAD_LIMIT_REACHED', /accepts no more/));
    assert.equal(bench.calls.filter((call) => call === 'videos.insert').length, 1, 'the other one did not ask');
    bench.faults = undefined;
    await upload({ askAgain: true });
    await bench.upload();
    assert.equal(today(bench).spent.uploads, 3);
  });

  it('that YouTube refuses day after day is for a person after three, who is told once; a retry waits anew', async (t) => {
    const bench = await publishBench(t);
    bench.faults = ({ call }) => (call === 'videos.update' ? refusal('quotaExceeded') : undefined);
    const upload = async (order = {}): Promise<StageError> => {
      const error = await bench.upload({ order }).catch((failure) => failure);
      stageError('QUOTA_EXHAUSTED')(error);
      // As if the night had passed.
      bench.store.quota.allow('local');
      return error;
    };
    const began = Date.now() - 3.1 * 86_400_000;
    for (const days of [0, 1, 2]) refusedAt(bench, began + days * 86_400_000);
    for (const tooLong of [await upload(), await upload()]) {
      assert.deepEqual([tooLong.remedy, tooLong.notBefore, tooLong.failingSince], ['fix', undefined, began]);
      assert.match(tooLong.message, /for 3 days/);
    }
    const again = await upload({ askAgain: true });
    assert.deepEqual([again.remedy, again.notBefore], ['retry', quotaReset(Date.now())]);
    bench.faults = undefined;
    await bench.upload();
  });

  it('is not refused "for 3 days" where something was sent, or nobody tried, in between', async (t) => {
    const bench = await publishBench(t);
    const daysAgo = (days: number) => Date.now() - days * 86_400_000;
    const upload = () => bench.upload().catch((error: StageError) => error);
    for (const days of [6, 5]) refusedAt(bench, daysAgo(days));
    bench.faults = ({ call }) => (call === 'videos.update' ? refusal('quotaExceeded') : undefined);
    assert.equal(((await upload()) as StageError).remedy, 'retry', 'the program did not run for five days');
    bench.store.quota.allow('local');

    for (const days of [3.5, 2.5, 1.5]) refusedAt(bench, daysAgo(days));
    const other = await bench.prepared('ms_LeevsLin.mov', 33);
    await drawThumbnail(await bench.workspace(other));
    bench.faults = undefined;
    await uploadVideo(other, { ...uploadOptions }, bench.youtube, bench.attempt());
    bench.faults = ({ call }) => (call === 'videos.update' ? refusal('quotaExceeded') : undefined);
    assert.equal(((await upload()) as StageError).remedy, 'retry', 'another video got through');
  });

  it('counts every request that opens a session, and treats a persistent 429 as a used-up day', async (t) => {
    const bench = await publishBench(t);
    const busy: Fault = { kind: 'answer', status: 429, reason: 'rateLimitExceeded', domain: 'global' };
    bench.faults = ({ call }) => (call === 'videos.insert' ? busy : undefined);
    await assert.rejects(bench.upload(), (error) => {
      stageError('QUOTA_EXHAUSTED', /rateLimitExceeded/)(error);
      assert.equal((error as { notBefore?: number }).notBefore, quotaReset(Date.now()));
      return true;
    });
    assert.equal(bench.calls.filter((call) => call === 'videos.insert').length, 3);
    assert.equal(today(bench).spent.uploads, 3);
    await assert.rejects(bench.upload(), stageError('UPLOAD_LIMIT_REACHED', /accepts no more/));
    bench.faults = undefined;
    await bench.upload({ order: { askAgain: true } });
  });

  it('lets a server that asks for an hour’s wait have it', async (t) => {
    const bench = await publishBench(t);
    const later: Fault = { kind: 'answer', status: 503, headers: { 'retry-after': '3600' } };
    bench.faults = ({ call }) => (call === 'upload.chunk' ? later : undefined);
    const began = Date.now();
    await assert.rejects(bench.upload(), (error) => {
      stageError('UPLOAD_INTERRUPTED')(error);
      const { notBefore = 0 } = error as { notBefore?: number };
      assert.ok(notBefore >= began + 3_600_000 && notBefore < Date.now() + 3_600_001);
      return true;
    });
    bench.faults = undefined;
    await bench.upload();
    await bench.onlyVideo();
  });

  it('stays reserved for an interrupted publish, and is released when a person has to act', async (t) => {
    const bench = await publishBench(t);
    bench.faults = ({ call }) => (call === 'upload.chunk' ? { kind: 'drop' } : undefined);
    await assert.rejects(bench.upload(), stageError('UPLOAD_INTERRUPTED'));
    assert.deepEqual(today(bench).reserved, { units: 101, uploads: 0 });
    bench.faults = ({ call }) => (call === 'videos.update' ? refusal('invalidTitle') : undefined);
    await assert.rejects(bench.upload(), stageError('METADATA_INVALID'));
    assert.deepEqual(today(bench).reserved, { units: 0, uploads: 0 });
  });

  it('is promised to others while an early upload waits for its person', async (t) => {
    const bench = await publishBench(t);
    await bench.upload({ order: { sendOnly: true, early: true } });
    assert.deepEqual(today(bench).reserved, { units: 0, uploads: 0 });
    await bench.upload();
    await bench.onlyVideo();
  });
});
