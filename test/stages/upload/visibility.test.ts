import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { publicationRecord } from '../../../src/stages/records.ts';
import { scheduleOf } from '../../../src/stages/upload/schedule.ts';
import { stageError } from '../../support/stage-bench.ts';
import { drawThumbnail, publishBench, uploadOptions } from './publish-bench.ts';

const hour = 3_600_000;

describe('the order of a publish', () => {
  it('is: private, thumbnail, processed, playlist, and the wanted visibility last, which is read back', async (t) => {
    const bench = await publishBench(t);
    const privacies: string[] = [];
    bench.faults = ({ call }) => {
      if (call === 'thumbnails.set' || call === 'videos.update') privacies.push(call);
      return undefined;
    };
    await bench.upload({ privacy: 'public', playlistPerTournament: true, language: 'vi' });
    const changes = bench.calls.filter((call) => /insert|set|update/.test(call));
    assert.deepEqual(changes, [
      'videos.insert',
      'thumbnails.set',
      'playlists.insert',
      'playlistItems.insert',
      'videos.update',
    ]);
    assert.equal(bench.calls.at(-1), 'videos.list');
    const { id, privacy } = await bench.onlyVideo();
    assert.equal(privacy, 'public');
    const answer = await fetch(`${bench.url}youtube/v3/videos?id=${id}&part=snippet,status,recordingDetails`, {
      headers: { authorization: 'Bearer any' },
    });
    const { items } = (await answer.json()) as { items: Record<string, Record<string, unknown>>[] };
    const [video] = items;
    assert.deepEqual(
      [video?.status?.selfDeclaredMadeForKids, video?.status?.containsSyntheticMedia, video?.snippet?.defaultLanguage],
      [false, false, 'vi'],
    );
    assert.match(String(video?.recordingDetails?.recordingDate), /^2026-11-21T/);
  });

  it('gives the corrected day everywhere', async (t) => {
    const bench = await publishBench(t);
    await bench.upload({ order: { sendOnly: true } });
    await bench.upload({ corrections: { date: '2026-11-20' } });
    const { id, title } = await bench.onlyVideo();
    assert.match(title, / \(2026-11-20\)$/);
    const answer = await fetch(`${bench.url}youtube/v3/videos?id=${id}&part=snippet,recordingDetails`, {
      headers: { authorization: 'Bearer any' },
    });
    const { items } = (await answer.json()) as { items: Record<string, Record<string, unknown>>[] };
    assert.match(String(items[0]?.snippet?.description), /\(2026-11-20\)/);
    assert.match(String(items[0]?.recordingDetails?.recordingDate), /^2026-11-20T/);
  });

  it('keeps the recording private when it is only sent, and does not send it a second time', async (t) => {
    const bench = await publishBench(t);
    const sent = await bench.upload({ order: { sendOnly: true } });
    assert.equal((await bench.onlyVideo()).privacy, 'private');
    assert.deepEqual(bench.store.ledger.all(), []);
    await drawThumbnail(await bench.space(), '#722');
    const { youtubeId } = await bench.upload({ corrections: { title: 'Corrected since' } });
    const { id, title, privacy } = await bench.onlyVideo();
    assert.deepEqual([id, title, privacy], [sent.youtubeId, 'Corrected since', 'unlisted']);
    assert.equal(youtubeId, sent.youtubeId);
  });

  it('lets a frame be chosen and drawn while the recording is uploading', async (t) => {
    const bench = await publishBench(t, 3);
    const { videoId } = await bench.space();
    let disturbed = false;
    bench.faults = ({ call }) => {
      if (call !== 'upload.chunk' || disturbed) return undefined;
      disturbed = true;
      bench.store.fence.take(videoId, bench.attempt().attempt);
      return undefined;
    };
    await bench.upload({ order: { sendOnly: true, early: true } });
    assert.ok(disturbed);
  });
});

describe('a scheduled publish', () => {
  it('is private until its time, then public', async (t) => {
    const ahead = { ms: 0 };
    const bench = await publishBench(t, 1, { now: () => Date.now() + ahead.ms });
    const publishAt = new Date(Date.now() + 2 * hour).toISOString();
    await bench.upload({ corrections: { publishAt } });
    const before = await bench.onlyVideo();
    assert.deepEqual(
      [before.privacy, Date.parse(before.publishAt ?? '')],
      ['private', Math.floor(Date.parse(publishAt))],
    );
    assert.equal((await bench.space()).read(publicationRecord('local'))?.publishAt, publishAt);
    ahead.ms = 3 * hour;
    assert.equal((await bench.onlyVideo()).privacy, 'public');
  });

  it('is planned once: an attempt that ends after its time does not postpone it to the next day', async (t) => {
    const ahead = { ms: 0 };
    const bench = await publishBench(t, 1, { now: () => Date.now() + ahead.ms });
    const soon = new Date(Date.now() + 2 * 60_000);
    const publishTime = { at: soon.toISOString().slice(11, 16), timeZone: 'UTC' };
    let updates = 0;
    bench.faults = ({ call }) => {
      if (call === 'videos.update') updates += 1;
      return call === 'videos.list' && updates > 0 ? { kind: 'answer', status: 503 } : undefined;
    };
    const wanted = { privacy: 'public', publishTime } as const;
    await assert.rejects(bench.upload(wanted), stageError('UPLOAD_INTERRUPTED'));
    const planned = (await bench.space()).read(publicationRecord('local'))?.publishAt;
    assert.equal(planned?.slice(11, 16), publishTime.at);
    bench.faults = undefined;
    ahead.ms = hour;
    t.mock.timers.enable({ apis: ['Date'], now: Date.now() + hour });
    await bench.upload(wanted);
    assert.equal((await bench.onlyVideo()).privacy, 'public');
  });

  it('is at the club’s time of day for public videos, unless a person says otherwise', () => {
    const now = Date.parse('2026-11-24T05:00:00Z');
    const publishTime = { at: '18:00', timeZone: 'Asia/Ho_Chi_Minh' };
    const at = (privacy: 'public' | 'unlisted', publishAt?: string, planned?: string) =>
      scheduleOf(
        {
          options: { ...uploadOptions, publishTime, corrections: { publishAt } },
          metadata: { privacy } as Parameters<typeof scheduleOf>[0]['metadata'],
        },
        planned,
        now,
      );
    assert.equal(at('public'), '2026-11-24T11:00:00.000Z');
    assert.equal(at('unlisted'), undefined);
    assert.equal(at('public', 'now'), undefined);
    assert.equal(at('public', '2026-12-24T18:00:00+07:00'), '2026-12-24T11:00:00.000Z');
    assert.equal(at('public', '2026-11-01T18:00:00+07:00'), undefined, 'that has passed');
    assert.equal(at('public', undefined, '2026-11-24T04:59:00.000Z'), undefined, 'it was planned, and has passed');
    assert.equal(at('public', undefined, '2026-11-24T11:00:00.000Z'), '2026-11-24T11:00:00.000Z');
  });
});

describe('a video that YouTube is still processing', () => {
  it('is awaited without occupying the upload’s place, and becomes visible only if processing succeeds', async (t) => {
    const ahead = { ms: 0 };
    const bench = await publishBench(t, 1, { processingMs: hour, now: () => Date.now() + ahead.ms });
    await assert.rejects(bench.upload(), (error) => {
      stageError('STILL_PROCESSING', /still processing/)(error);
      const { remedy, notBefore = 0 } = error as { remedy?: string; notBefore?: number };
      assert.ok(remedy === 'retry' && notBefore > Date.now());
      return true;
    });
    assert.equal((await bench.onlyVideo()).privacy, 'private');
    ahead.ms = 2 * hour;
    await bench.upload();
    assert.equal((await bench.onlyVideo()).privacy, 'unlisted');
  });

  for (const outcome of [
    { status: 'rejected', reason: 'duplicate' },
    { status: 'failed', reason: 'codec' },
  ] as const) {
    it(`stays private when it was ${outcome.status} (${outcome.reason}), and the failure is reported`, async (t) => {
      const bench = await publishBench(t, 1, { outcome: () => outcome });
      await assert.rejects(bench.upload(), stageError('PROCESSING_FAILED', new RegExp(outcome.reason)));
      assert.equal((await bench.onlyVideo()).privacy, 'private');
      assert.ok(!bench.calls.includes('videos.update'));
      assert.deepEqual(bench.store.ledger.all(), []);
    });
  }

  it('stays private when YouTube received different bytes', async (t) => {
    const bench = await publishBench(t, 1, { outcome: () => ({ status: 'processed', fileSize: 12 }) });
    await assert.rejects(bench.upload(), stageError('PUBLISH_NOT_CONFIRMED', /received 12 bytes of/));
    assert.equal((await bench.onlyVideo()).privacy, 'private');
  });
});
