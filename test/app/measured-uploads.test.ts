import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MetricMeter } from '@temporalio/common';
import { noopMetricMeter } from '@temporalio/common/lib/metrics.js';
import { measureUploads } from '../../src/app/metrics/measured-uploads.ts';
import { startLocalYouTube } from '../../src/local-youtube/local-youtube.ts';
import { createYouTube } from '../../src/youtube/channel.ts';
import { atEnd, fileStore, metadata, randomFile, temporaryFolder, token, unit } from '../youtube/support.ts';

const chunks = 4;

test('the bytes of an upload are counted as they are sent, and those of an earlier attempt are not', async (t) => {
  const folder = await temporaryFolder(t);
  const server = await startLocalYouTube({ folder: `${folder}/youtube`, processingMs: 0 });
  atEnd(t, () => server.close());
  const size = chunks * unit + 1000;
  const file = await randomFile(folder, size);
  const store = fileStore(folder);
  const counted: number[] = [];
  const speeds: number[] = [];
  const meter: MetricMeter = {
    ...{ createGauge: noopMetricMeter.createGauge, createUpDownCounter: noopMetricMeter.createUpDownCounter },
    createCounter: (...args) => ({
      ...noopMetricMeter.createCounter(...args),
      add: (bytes) => void counted.push(bytes),
    }),
    createHistogram: (...args) => ({
      ...noopMetricMeter.createHistogram(...args),
      record: (speed) => void speeds.push(speed),
    }),
    withTags: () => meter,
  };
  const channel = createYouTube({ rootUrl: server.url, auth: { authorize: async () => token }, chunkBytes: unit });
  const youtube = measureUploads(channel, meter).accountedTo(() => undefined);
  const total = () => counted.reduce((sum, bytes) => sum + bytes, 0);
  const upload = (signal?: AbortSignal, onProgress?: (progress: { sent: number }) => void) =>
    youtube.uploadVideo({ file, size, metadata, store, signal, ...(onProgress && { onProgress }) });

  const stop = new AbortController();
  let first = 0;
  await assert.rejects(
    upload(stop.signal, ({ sent }) => {
      first = sent;
      if (sent >= 2 * unit) stop.abort();
    }),
  );
  assert.equal(total(), first);
  assert.deepEqual(speeds, []);

  let resumedAt: number | undefined;
  const { id } = await upload(undefined, ({ sent }) => {
    resumedAt ??= sent;
  });
  assert.ok(resumedAt !== undefined && resumedAt >= unit && resumedAt < size, `${resumedAt}`);
  assert.equal(total(), first + size - resumedAt);
  assert.equal(speeds.length, 1);

  assert.equal((await upload()).id, id, 'the session is complete');
  assert.equal(total(), first + size - resumedAt, 'nothing was sent');
  assert.equal(speeds.length, 1);
});
