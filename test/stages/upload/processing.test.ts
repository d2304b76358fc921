import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { StageError } from '../../../src/domain/errors.ts';
import type { UploadOrder } from '../../../src/domain/upload-order.ts';
import { publicationRecord } from '../../../src/stages/records.ts';
import { uploadVideo } from '../../../src/stages/upload/index.ts';
import { type PublishBench, publishBench, type ShownVideo, uploadOptions } from './publish-bench.ts';

const hour = 3_600_000;
const busy = {
  processingStatus: 'processing',
  processingProgress: { partsTotal: '8', partsProcessed: '3', timeLeftMs: '290000' },
};

/** A channel that shows its video so; `upload` gives what the attempt fails with. */
async function slowChannel(t: TestContext, processingDetails: object) {
  const bench = await publishBench(t);
  const youtube = await bench.through((video: ShownVideo) => {
    video.status.uploadStatus = 'uploaded';
    return Object.assign(video, { processingDetails });
  });
  const upload = async (order?: UploadOrder): Promise<StageError> => {
    const options = { ...uploadOptions, ...(order && { order }) };
    const error = await uploadVideo(bench.file, options, youtube, bench.attempt()).catch((failure) => failure);
    assert.ok(error instanceof StageError, String(error));
    return error;
  };
  return { bench, upload };
}

/** As if the recording had been on the channel for so long. */
async function onChannelFor(bench: PublishBench, milliseconds: number): Promise<void> {
  const workspace = await bench.space();
  const kind = publicationRecord('local');
  const publication = workspace.read(kind);
  assert.ok(publication);
  workspace.write(kind, { ...publication, publishedAt: new Date(Date.now() - milliseconds).toISOString() });
}

describe('a video that YouTube processes for long', () => {
  it('is waited for with what YouTube says, for a day; then a person is told, whose retry waits for another day', async (t) => {
    const { bench, upload } = await slowChannel(t, busy);
    const first = await upload();
    assert.deepEqual([first.code, first.remedy], ['STILL_PROCESSING', 'retry']);
    assert.match(first.message, /still processing .*3 of 8 parts, 5 min left/);
    await onChannelFor(bench, 23 * hour);
    assert.equal((await upload()).code, 'STILL_PROCESSING');
    await onChannelFor(bench, 25 * hour);
    const tooLong = await upload();
    assert.deepEqual([tooLong.code, tooLong.remedy, tooLong.notBefore], ['PROCESSING_FAILED', 'fix', undefined]);
    assert.match(tooLong.message, /for more than a day \(3 of 8 parts/);
    assert.match(tooLong.action, /YouTube Studio.*--send-again/);
    assert.equal((await upload({ askAgain: true })).code, 'STILL_PROCESSING');
    assert.equal((await upload()).code, 'STILL_PROCESSING', 'for another day');
    assert.deepEqual(bench.store.ledger.all(), []);
  });

  it('is not waited for when processing has failed, though the status of the upload does not say so', async (t) => {
    const { upload } = await slowChannel(t, { processingStatus: 'failed', processingFailureReason: 'transcodeFailed' });
    const error = await upload();
    assert.deepEqual([error.code, error.remedy], ['PROCESSING_FAILED', 'fix']);
    assert.match(error.message, /transcodeFailed/);
  });
});
