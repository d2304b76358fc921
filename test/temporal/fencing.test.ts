import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Context } from '@temporalio/activity';
import { videoIdOf } from '../../src/domain/video-id.ts';
import { runProgram } from '../support/program.ts';
import { publishedIds, type Rig, startRig, untilStage } from '../support/rig.ts';
import { smallMatch } from '../support/small-match.ts';

describe('a terminal and a worker working on the same video', () => {
  let rig: Rig;
  let release: () => void = () => undefined;
  before(async () => {
    // The video stops short of its upload until the test releases it.
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    rig = await startRig({
      around: (activities) => ({
        ...activities,
        async enhanceThumbnailActivity(...args) {
          const context = Context.current();
          const alive = setInterval(() => context.heartbeat(), 300);
          await gate.finally(() => clearInterval(alive));
          return activities.enhanceThumbnailActivity(...args);
        },
      }),
    });
  });
  after(async () => {
    release();
    await rig.close();
  });

  it('refuse the terminal while the worker gives signs of life, and publish once', async () => {
    const file = await smallMatch(path.join(rig.folder, 'input', 'ms_AnvsBo.mov'), { seed: 900 });
    const handle = await rig.start(file, { selectionPolicy: 'best', selectionTimeoutSeconds: 0.01 });
    await untilStage(handle, 'ENHANCING');
    const videoId = videoIdOf(await rig.store.recordings.fingerprint(file));
    const worker = { line: 'a worker in the middle of an upload', place: [1, 1] as const };
    rig.store.fence.take(videoId, worker);

    const settings = { BADMINTON_DATA_DIR: rig.folder, BADMINTON_YOUTUBE_URL: rig.youtube.url };
    const refused = await runProgram(['run', file, '--best'], settings);
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /working on video-/);
    assert.deepEqual(await publishedIds(rig), []);

    rig.store.fence.release(videoId, worker);
    const taken = await runProgram(['run', file, '--best', '--json'], settings);
    assert.equal(taken.code, 0, taken.stderr);
    release();
    await handle.result();
    assert.equal((await publishedIds(rig)).length, 1, 'the workflow found what the terminal had published');
  });
});
