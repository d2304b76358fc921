import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { prepareVideo } from '../../../src/stages/prepare/index.ts';
import { publicationRecord } from '../../../src/stages/records.ts';
import { askLater } from '../../../src/stages/upload/ask-later.ts';
import { uploadVideo } from '../../../src/stages/upload/index.ts';
import { openStore } from '../../../src/workspace/store.ts';
import { temporaryFolder } from '../../support/clean-up.ts';
import { prepareOptions, stageError } from '../../support/stage-bench.ts';
import { drawThumbnail, loseWorkspaces, type PublishBench, publishBench, uploadOptions } from './publish-bench.ts';

const minute = 60_000;
const inserts = ({ calls }: PublishBench) => calls.filter((call) => call === 'videos.insert').length;

/** The last byte was sent, no answer came, and the session is gone: did it become a video? */
async function loseOutcome(bench: PublishBench, arrives: boolean): Promise<void> {
  let sent = false;
  bench.faults = ({ call }) => {
    if (call === 'upload.question') return { kind: 'answer', status: 404 };
    if (call !== 'upload.chunk' || sent) return undefined;
    sent = true;
    return arrives ? { kind: 'loseAnswer' } : { kind: 'drop', afterBytes: 1000 };
  };
  await assert.rejects(bench.upload({ order: { sendOnly: true } }), stageError('UPLOAD_OUTCOME_UNKNOWN'));
}

async function prepareAgain(bench: PublishBench): Promise<void> {
  await loseWorkspaces(bench);
  await prepareVideo(bench.file, { ...prepareOptions, dataFolder: bench.dataFolder }, bench.attempt());
  await drawThumbnail(await bench.space());
}

describe('an upload whose outcome is unknown', () => {
  it('is checked with growing pauses, and in the end a person has to look', () => {
    const pauses = [0, 1, 5, 60, 10 * 60, 23 * 60].map((age) => {
      const { remedy, notBefore = 0 } = askLater('video-1', 0, age * minute);
      return [remedy, Math.round((notBefore - age * minute) / minute)];
    });
    assert.deepEqual(
      pauses,
      [1, 1, 5, 60, 360, 360].map((pause) => ['retry', pause]),
    );
    const last = askLater('video-1', 0, 24 * 60 * minute);
    assert.deepEqual([last.remedy, last.notBefore], ['fix', undefined]);
    assert.match(last.action, /badminton retry video-1 --send-again/);
  });

  it('is never sent a second time while the list lags behind, and is taken from it as soon as it appears', async (t) => {
    const ahead = { ms: 0 };
    const bench = await publishBench(t, 1, { listingMs: 10 * minute, now: () => Date.now() + ahead.ms });
    await loseOutcome(bench, true);
    await assert.rejects(bench.upload(), stageError('UPLOAD_OUTCOME_UNKNOWN', /Nothing is sent again/));
    ahead.ms = 11 * minute;
    const { youtubeId } = await bench.upload();
    assert.equal((await bench.onlyVideo()).id, youtubeId);
    assert.equal(inserts(bench), 1);
  });

  it('is not forgotten when the workspace is lost', async (t) => {
    const ahead = { ms: 0 };
    const bench = await publishBench(t, 1, { listingMs: 10 * minute, now: () => Date.now() + ahead.ms });
    await bench.upload({ order: { sendOnly: true } });
    await prepareAgain(bench);
    await assert.rejects(bench.upload(), stageError('UPLOAD_OUTCOME_UNKNOWN'));
    ahead.ms = 11 * minute;
    await bench.upload();
    await bench.onlyVideo();
    assert.equal(inserts(bench), 1);
  });

  it('is sent again when a person has looked, once', async (t) => {
    const bench = await publishBench(t);
    await loseOutcome(bench, false);
    await assert.rejects(bench.upload(), stageError('UPLOAD_OUTCOME_UNKNOWN'));
    bench.faults = ({ call }) => (call === 'videos.update' ? { kind: 'answer', status: 503 } : undefined);
    const order = { sendAgain: 'the first' };
    await assert.rejects(bench.upload({ order }), stageError('UPLOAD_INTERRUPTED'));
    bench.faults = undefined;
    await bench.upload({ order });
    await bench.onlyVideo();
    assert.equal(inserts(bench), 2);
  });

  it('an order to send again is followed once, even when that upload’s outcome is lost and the stage is retried', async (t) => {
    const ahead = { ms: 0 };
    const bench = await publishBench(t, 1, { listingMs: 10 * minute, now: () => Date.now() + ahead.ms });
    await loseOutcome(bench, false);
    let sent = false;
    bench.faults = ({ call }) => {
      if (call === 'upload.question') return { kind: 'answer', status: 404 };
      // After the loss the channel cannot even be asked: a failure that is retried automatically, with the same order.
      if (call === 'playlistItems.list' && sent) return { kind: 'answer', status: 503 };
      if (call !== 'upload.chunk' || sent) return undefined;
      sent = true;
      return { kind: 'loseAnswer' };
    };
    const order = { sendAgain: 'the first' };
    await assert.rejects(bench.upload({ order }), stageError('UPLOAD_INTERRUPTED'));
    bench.faults = ({ call }) => (call === 'upload.question' ? { kind: 'answer', status: 404 } : undefined);
    await assert.rejects(bench.upload({ order }), stageError('UPLOAD_OUTCOME_UNKNOWN'));
    ahead.ms = 11 * minute;
    await bench.upload({ order });
    await bench.onlyVideo();
    assert.equal(inserts(bench), 2);
  });

  it('“send again” changes nothing about an upload that can still be asked', async (t) => {
    const bench = await publishBench(t, 3);
    bench.faults = ({ contentRange }) => (/ (262144|\*)/.test(contentRange ?? '') ? { kind: 'drop' } : undefined);
    await assert.rejects(bench.upload(), stageError('UPLOAD_INTERRUPTED'));
    bench.faults = undefined;
    await bench.upload({ order: { sendAgain: 'the first' } });
    assert.equal(inserts(bench), 1);
  });
});

describe('an upload that cannot have become a video', () => {
  it('is started again immediately, although its workspace was lost', async (t) => {
    const bench = await publishBench(t, 3);
    bench.faults = ({ contentRange }) => (/ (262144|\*)/.test(contentRange ?? '') ? { kind: 'drop' } : undefined);
    await assert.rejects(bench.upload(), stageError('UPLOAD_INTERRUPTED'));
    bench.faults = undefined;
    await prepareAgain(bench);
    await bench.upload();
    await bench.onlyVideo();
    assert.equal(inserts(bench), 2, 'the first never got its last byte');
  });
});

describe('a video that was deleted before it could be published', () => {
  it('is sent again when a person says so, and not while the channel shows it', async (t) => {
    const bench = await publishBench(t, 1, { outcome: () => ({ status: 'failed', reason: 'uploadAborted' }) });
    const deleted = new Set<string>();
    const youtube = await bench.through((video) => {
      if (deleted.has(video.id)) return undefined;
      return { ...video, status: { ...video.status, uploadStatus: deleted.size > 0 ? 'processed' : 'failed' } };
    });
    const upload = (order = {}) => uploadVideo(bench.file, { ...uploadOptions, order }, youtube, bench.attempt());
    await assert.rejects(upload(), stageError('PROCESSING_FAILED', /uploadAborted/));
    await assert.rejects(
      upload({ sendAgain: 'too early' }),
      stageError('PUBLISH_NOT_CONFIRMED', /still on the channel/),
    );
    assert.equal(inserts(bench), 1);
    deleted.add((await bench.space()).read(publicationRecord('local'))?.youtubeId ?? '');
    const { youtubeId } = await upload({ sendAgain: 'deleted' });
    assert.ok(!deleted.has(youtubeId));
    assert.equal(inserts(bench), 2);
    assert.equal((await upload({ sendAgain: 'once more' })).youtubeId, youtubeId, 'what is published stays so');
    assert.equal(inserts(bench), 2);
  });
});

describe('an empty data folder', () => {
  it('gives the channel’s list time to show what a lost folder may have sent', async (t) => {
    const bench = await publishBench(t);
    await assert.rejects(bench.upload({ listingLagSeconds: 600 }), (error) => {
      stageError('UPLOAD_OUTCOME_UNKNOWN', /data folder is new/)(error);
      assert.equal((error as { notBefore?: number }).notBefore, bench.store.createdAt + 600_000);
      return true;
    });
    assert.equal(inserts(bench), 0);
    await bench.upload({ listingLagSeconds: (Date.now() - bench.store.createdAt) / 1000 });
    assert.equal(inserts(bench), 1);
  });

  it('waits no longer than that when the clock has been set back since the folder was made', async (t) => {
    const folder = await temporaryFolder(t);
    const hour = 3_600_000;
    const made = Date.now();
    openStore(folder).close();
    const setBack = openStore(folder, () => made - 72 * hour);
    assert.equal(setBack.createdAt, made - 72 * hour);
    setBack.close();
    const later = openStore(folder, () => made - 71 * hour);
    assert.equal(later.createdAt, made - 72 * hour, 'it grows old by the new clock');
    later.close();
  });
});
