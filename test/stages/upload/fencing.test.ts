import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { publicationRecord } from '../../../src/stages/records.ts';
import { uploadVideo } from '../../../src/stages/upload/index.ts';
import { stageError } from '../../support/stage-bench.ts';
import { publishBench, uploadOptions } from './publish-bench.ts';

describe('two attempts at one upload', () => {
  it('the older sends no further chunk, and the newer continues in the same session', async (t) => {
    const bench = await publishBench(t, 4);
    const { videoId } = await bench.space();
    const old = bench.attempt();
    const newer = bench.attempt();
    bench.faults = ({ contentRange }) => {
      if (contentRange?.startsWith('bytes 262144-'))
        bench.store.fence.take(videoId, { ...newer.attempt, lane: 'channel' });
      return undefined;
    };
    await assert.rejects(bench.upload({}, old), stageError('SUPERSEDED'));
    assert.match(bench.requests.at(-1) ?? '', /^PUT bytes 262144-/);
    bench.faults = undefined;
    const before = bench.requests.length;
    await bench.upload({}, newer);
    assert.match(bench.requests[before] ?? '', /^PUT bytes \*/, 'it asks where the session stands');
    assert.match(bench.requests[before + 1] ?? '', /^PUT bytes 524288-/);
    assert.ok((await bench.onlyVideo()).bytes.equals(await readFile(bench.file)));
  });

  it('the older one, woken late, neither opens a session nor lowers what the newer one has announced', async (t) => {
    const bench = await publishBench(t);
    const { videoId } = await bench.space();
    const old = bench.attempt();
    const opening = Promise.withResolvers<void>();
    const woken = Promise.withResolvers<void>();
    const youtube = {
      ...bench.youtube,
      accountedTo(spend: Parameters<typeof bench.youtube.accountedTo>[0]) {
        const real = bench.youtube.accountedTo(spend);
        const uploadVideo: typeof real.uploadVideo = async (upload) => {
          opening.resolve();
          await woken.promise;
          return real.uploadVideo(upload);
        };
        return { ...real, uploadVideo };
      },
    };
    const late = uploadVideo(bench.file, uploadOptions, youtube, old);
    await opening.promise;
    await bench.upload({ order: { sendOnly: true } });
    woken.resolve();
    await assert.rejects(late, stageError('SUPERSEDED'));
    assert.equal(bench.calls.filter((call) => call === 'videos.insert').length, 1);
    assert.equal(bench.store.uploads.find(videoId, 'local')?.sent, 'all');
    await bench.upload();
    await bench.onlyVideo();
  });

  for (const step of ['POST /upload/youtube/v3/thumbnails/set', 'PUT /youtube/v3/videos']) {
    it(`the older changes nothing more at ${step}`, async (t) => {
      const bench = await publishBench(t);
      const space = await bench.space();
      const old = bench.attempt();
      const newer = bench.attempt();
      const note = step.includes('thumbnails') ? 'setting the thumbnail' : 'making it unlisted';
      const report = (progress: { note: string }) => {
        if (progress.note === note) bench.store.fence.take(space.videoId, { ...newer.attempt, lane: 'channel' });
      };
      await assert.rejects(bench.upload({}, { ...old, report }), stageError('SUPERSEDED'));
      assert.ok(!bench.requests.includes(step));
      await bench.upload({}, newer);
      assert.equal(space.read(publicationRecord('local'))?.confirmed, true);
    });
  }

  it('a cancelled one ends within a moment, even while the server is silent', async (t) => {
    const bench = await publishBench(t, 3);
    bench.faults = ({ contentRange }) => (contentRange?.startsWith('bytes 262144-') ? { kind: 'stall' } : undefined);
    const cancel = new AbortController();
    const uploading = bench.upload({}, bench.attempt(cancel.signal));
    while (!bench.requests.at(-1)?.includes('262144-')) await new Promise((resolve) => setTimeout(resolve, 5));
    const began = performance.now();
    cancel.abort(new Error('cancelled'));
    await assert.rejects(uploading, /cancelled/);
    assert.ok(performance.now() - began < 1000);
    bench.faults = undefined;
    await bench.upload();
    await bench.onlyVideo();
  });
});
