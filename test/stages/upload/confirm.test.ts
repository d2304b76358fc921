import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ErrorCode } from '../../../src/domain/errors.ts';
import { publicationRecord } from '../../../src/stages/records.ts';
import { uploadVideo } from '../../../src/stages/upload/index.ts';
import { stageError } from '../../support/stage-bench.ts';
import { publishBench, type ShownVideo, uploadOptions } from './publish-bench.ts';

const shown = (change: (video: ShownVideo) => void) => (video: ShownVideo) => {
  change(video);
  return video;
};

const differences: [string, (video: ShownVideo) => ShownVideo | undefined, RegExp, 'retry' | 'fix', ErrorCode?][] = [
  ['not at all', () => undefined, /does not show/, 'retry', 'STILL_PROCESSING'],
  ['still private', shown(({ status }) => (status.privacyStatus = 'private')), /it is private, not unlisted/, 'fix'],
  ['under another title', shown(({ snippet }) => (snippet.title = 'Old')), /its title is "Old"/, 'retry'],
  ['with fewer bytes', shown(({ fileDetails }) => (fileDetails.fileSize = '12')), /received 12 bytes of/, 'fix'],
  [
    'as a duplicate',
    shown(({ status }) => Object.assign(status, { uploadStatus: 'rejected', rejectionReason: 'duplicate' })),
    /rejected \(duplicate\)/,
    'fix',
    'PROCESSING_FAILED',
  ],
];

describe('a published video is read back', () => {
  it('and counts as published only when the channel shows it as requested', async (t) => {
    const bench = await publishBench(t);
    let change: (video: ShownVideo) => ShownVideo | undefined = (video) => video;
    const youtube = await bench.through((video) => change(video));
    const upload = () => uploadVideo(bench.file, uploadOptions, youtube, bench.attempt());
    for (const [how, differently, message, remedy, code = 'PUBLISH_NOT_CONFIRMED'] of differences) {
      await t.test(`not when it is shown ${how}`, async () => {
        change = differently;
        await assert.rejects(upload(), (error) => {
          stageError(code, message)(error);
          assert.equal((error as { remedy?: string }).remedy, remedy);
          return true;
        });
        assert.equal((await bench.space()).read(publicationRecord('local'))?.confirmed, false);
        assert.deepEqual(bench.store.ledger.all(), []);
      });
    }
    await t.test('but not for what the channel shows a moment late', async () => {
      const other = await publishBench(t);
      let looks = 0;
      const slow = await other.through((video) => {
        if (other.calls.includes('videos.update') && looks++ < 2) video.status.privacyStatus = 'private';
        return video;
      });
      await uploadVideo(other.file, uploadOptions, slow, other.attempt());
      assert.equal(looks, 3);
    });
    await t.test('but is once the person has fixed it', async () => {
      change = (video) => video;
      const { youtubeId } = await upload();
      assert.equal((await bench.onlyVideo()).id, youtubeId);
      assert.equal(bench.store.ledger.all()[0]?.youtubeId, youtubeId);
    });
  });
});
