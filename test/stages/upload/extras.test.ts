import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import type { Fault } from '../../../src/local-youtube/fault.ts';
import { thumbnailFile } from '../../../src/stages/records.ts';
import { uploadVideo } from '../../../src/stages/upload/index.ts';
import { stageError } from '../../support/stage-bench.ts';
import { drawThumbnail, type PublishBench, publishBench, refusal, uploadOptions } from './publish-bench.ts';

const count = ({ calls }: PublishBench, call: string) => calls.filter((made) => made === call).length;

/** Strikes the first `times` calls of a kind. */
function strike(bench: PublishBench, call: string, fault: Fault, times = Number.POSITIVE_INFINITY) {
  let left = times;
  bench.faults = (request) => (request.call === call && left-- > 0 ? fault : undefined);
}

describe('a thumbnail that cannot be set', () => {
  it('is retried, and then the match has it', async (t) => {
    const bench = await publishBench(t);
    strike(bench, 'thumbnails.set', refusal('uploadRateLimitExceeded'), 2);
    const { warnings } = await bench.upload();
    const { id, hasCustomThumbnail, privacy } = await bench.onlyVideo();
    assert.deepEqual(
      [warnings, hasCustomThumbnail, privacy, count(bench, 'thumbnails.set')],
      [[], true, 'unlisted', 3],
    );
    const shown = await readFile(path.join(bench.folder, 'youtube', 'videos', id, 'thumbnail'));
    assert.ok(shown.equals(await readFile((await bench.space()).path(thumbnailFile))));
  });

  for (const [reason, tries] of [
    ['backendError', 6],
    ['invalidImage', 1],
  ] as const) {
    it(`does not prevent the match from being published: ${reason}, tried ${tries} times, then reported`, async (t) => {
      const bench = await publishBench(t);
      strike(bench, 'thumbnails.set', refusal(reason));
      const { warnings } = await bench.upload();
      assert.match(warnings.join(), new RegExp(`setting the thumbnail failed: .*${reason}.*thumbnail\\.jpg`));
      const { hasCustomThumbnail, privacy } = await bench.onlyVideo();
      assert.deepEqual([hasCustomThumbnail, privacy, count(bench, 'thumbnails.set')], [false, 'unlisted', tries]);
      assert.equal(bench.store.ledger.all().length, 1);
    });
  }

  it('is not tried for ever while the video is processed, but is tried again once it is redrawn', async (t) => {
    const bench = await publishBench(t);
    bench.faults = ({ call }) => {
      if (call === 'thumbnails.set') return refusal('backendError');
      return call === 'videos.update' ? { kind: 'answer', status: 503 } : undefined;
    };
    for (const _attempt of [1, 2]) await assert.rejects(bench.upload(), stageError('UPLOAD_INTERRUPTED'));
    assert.equal(count(bench, 'thumbnails.set'), 6);
    bench.faults = undefined;
    await drawThumbnail(await bench.space(), '#722');
    assert.deepEqual((await bench.upload()).warnings, []);
    assert.ok((await bench.onlyVideo()).hasCustomThumbnail);
  });

  it('is not blamed for a dead sign-in', async (t) => {
    const bench = await publishBench(t);
    strike(bench, 'thumbnails.set', refusal('authError'));
    await assert.rejects(bench.upload(), stageError('AUTH_REQUIRED', /sign-in/));
    assert.equal((await bench.onlyVideo()).privacy, 'private');
  });
});

describe('a playlist per tournament', () => {
  const wanted = { playlistPerTournament: true };
  const tournament = 'Friendly Game';

  it('is created once by two simultaneous workers, and holds each match once', async (t) => {
    const bench = await publishBench(t);
    const other = await bench.prepared('ms_LeevsLin_Friendly Game.mov', 33);
    await drawThumbnail(await bench.workspace(other));
    const upload = (file: string) => uploadVideo(file, { ...uploadOptions, ...wanted }, bench.youtube, bench.attempt());
    const both = await Promise.all([upload(bench.file), upload(other)]);
    assert.equal(count(bench, 'playlists.insert'), 1);
    const playlist = (await bench.youtube.findPlaylist(tournament)) as string;
    for (const { youtubeId, warnings } of both) {
      assert.deepEqual(warnings, []);
      assert.ok(await bench.youtube.isInPlaylist(playlist, youtubeId));
    }
    assert.equal(count(bench, 'playlistItems.insert'), 2);
  });

  for (const [what, call] of [
    ['the playlist was made', 'playlists.insert'],
    ['the match was added', 'playlistItems.insert'],
  ] as const) {
    it(`is asked for when the answer is lost that ${what}`, async (t) => {
      const bench = await publishBench(t);
      strike(bench, call, { kind: 'loseAnswer' }, 1);
      const { warnings } = await bench.upload(wanted);
      assert.deepEqual([warnings, count(bench, call)], [[], 1]);
    });
  }

  it('is not created again while the channel’s list may lag behind', async (t) => {
    const bench = await publishBench(t);
    bench.store.playlists.begin(tournament, 'local', Date.now());
    await bench.upload({ order: { sendOnly: true } });
    await assert.rejects(
      bench.upload({ ...wanted, listingLagSeconds: 600 }),
      stageError('STILL_PROCESSING', /playlist/),
    );
    assert.equal(count(bench, 'playlists.insert'), 0);
  });

  it('that is full is reported, and the match is published', async (t) => {
    const bench = await publishBench(t);
    strike(bench, 'playlistItems.insert', refusal('playlistContainsMaximumNumberOfVideos'));
    const { warnings } = await bench.upload(wanted);
    assert.match(warnings.join(), /playlist "Friendly Game" failed: The playlist is full/);
    assert.equal((await bench.onlyVideo()).privacy, 'unlisted');
  });

  it('that somebody deleted is created again', async (t) => {
    const bench = await publishBench(t);
    bench.store.playlists.enter(tournament, 'local', 'PLgone');
    assert.deepEqual((await bench.upload(wanted)).warnings, []);
    assert.equal(count(bench, 'playlists.insert'), 1);
  });
});
