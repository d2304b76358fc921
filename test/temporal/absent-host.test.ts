import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { retryStage } from '../../src/temporal/client/control.ts';
import { RefusedError } from '../../src/temporal/client/errors.ts';
import { describeVideo } from '../../src/temporal/client/progress.ts';
import { findVideo, listVideos } from '../../src/temporal/client/videos.ts';
import { type Rig, startRig, until, untilStage } from '../support/rig.ts';
import { smallMatch } from '../support/small-match.ts';

describe('machines that are not there', () => {
  let rig: Rig;
  let absent = false;
  before(async () => {
    rig = await startRig({
      settings: { BADMINTON_HOST_TIMEOUT: '1s' },
      around: (activities) => ({
        ...activities,
        async acceptVideoActivity(videoPath) {
          const accepted = await activities.acceptVideoActivity(videoPath);
          return absent ? { ...accepted, hostId: 'deadbeef', hostName: 'a laptop that is off' } : accepted;
        },
      }),
    });
  });
  after(() => rig.close());

  it('says that a recording waits for its machine, and goes on waiting', async () => {
    const file = await smallMatch(path.join(rig.folder, 'input', 'ms_AnvsBo.mov'), { seed: 300 });
    absent = true;
    const elsewhere = await rig.start(file);
    const status = await until(elsewhere, ({ next }) => next.includes('No worker on'), 'a word about it');
    assert.equal(status.stage, 'PREPARING');
    const details = await describeVideo(rig.client, elsewhere.workflowId);
    assert.equal(details.step?.waiting, true);
    absent = false;
    await elsewhere.terminate();
  });

  it('answers what it can without a worker, and refuses the rest within seconds', async () => {
    const file = await smallMatch(path.join(rig.folder, 'input', 'ms_CovsDu.mov'), { seed: 301 });
    const handle = await rig.start(file);
    await untilStage(handle, 'WAITING_FOR_SELECTION');
    await rig.worker.stop();
    const pending = await listVideos(rig.client, { stage: 'WAITING_FOR_SELECTION' });
    assert.deepEqual(
      pending.map(({ videoId }) => videoId),
      [handle.workflowId],
    );
    assert.equal((await findVideo(rig.client, 'ms_CovsDu.mov')).stage, 'WAITING_FOR_SELECTION');
    assert.equal((await findVideo(rig.client, handle.workflowId.slice(0, 12))).recording, 'ms_CovsDu.mov');
    const asked = Date.now();
    await assert.rejects(retryStage(rig.client, handle.workflowId), RefusedError);
    assert.ok(Date.now() - asked < 20_000, 'long before the 29 s after which a query fails by itself');
    await rig.restartWorker().catch(() => undefined);
  });
});
