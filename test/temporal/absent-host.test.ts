import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { retryStage } from '../../src/temporal/client/control.ts';
import { RefusedError } from '../../src/temporal/client/errors.ts';
import { describeVideo } from '../../src/temporal/client/progress.ts';
import { findVideo } from '../../src/temporal/client/videos.ts';
import { hostNameOf, whereaboutsOf } from '../../src/temporal/client/whereabouts.ts';
import { listedVideo, untilListed } from '../support/listed.ts';
import { runProgram } from '../support/program.ts';
import { type Rig, startRig, until, untilStage } from '../support/rig.ts';
import { smallMatch } from '../support/small-match.ts';

describe('absent machines', () => {
  let rig: Rig;
  let absent = false;
  let oldName: string | undefined;
  before(async () => {
    rig = await startRig({
      around: (activities) => ({
        ...activities,
        async acceptVideoActivity(videoPath) {
          const accepted = await activities.acceptVideoActivity(videoPath);
          if (oldName !== undefined) return { ...accepted, hostName: oldName };
          return absent ? { ...accepted, hostId: 'deadbeef', hostName: 'a laptop that is off' } : accepted;
        },
      }),
    });
  });
  after(() => rig.close());

  it('make a recording wait, and the status says for which machine', async () => {
    const file = await smallMatch(path.join(rig.folder, 'input', 'ms_AnvsBo.mov'), { seed: 300 });
    absent = true;
    const elsewhere = await rig.start(file);
    const { stage } = await until(elsewhere, ({ hostName }) => hostName === 'a laptop that is off', 'its machine');
    assert.equal(stage, 'PREPARING');
    const details = await describeVideo(rig.client, elsewhere.workflowId);
    assert.equal(details.step?.waiting, true);
    assert.match(details.next, /No worker on a laptop that is off has asked for work lately/);
    const away = /No worker on a laptop that is off has/;
    const listed = await listedVideo(rig.client, elsewhere.workflowId, ({ next }) => away.test(next));
    assert.equal(listed.note, listed.next);
    const { stdout } = await runProgram(['list'], { BADMINTON_DATA_DIR: rig.folder });
    assert.match(stdout, /No worker on a laptop that is off has/);
    absent = false;
    const { events } = await elsewhere.fetchHistory();
    const scheduled = events?.at(-1)?.activityTaskScheduledEventAttributes;
    assert.equal(scheduled?.activityType?.name, 'prepareVideoActivity', 'the last event, for as long as it waits');
    assert.equal(Number(scheduled?.scheduleToStartTimeout?.seconds ?? 0), 0);
    await elsewhere.terminate();
  });

  it('leave no event even where a client has named the machine that is off', async () => {
    const handle = await rig.client.workflow.start('processVideoWorkflow', {
      workflowId: 'on-a-machine-that-is-off',
      taskQueue: 'badminton',
      args: [{ videoPath: '/elsewhere/ms_AnvsBo.mov', hostId: 'deadbeef' }],
    });
    await until(handle, ({ stage }) => stage === 'PREPARING', 'its start');
    const { next } = await describeVideo(rig.client, handle.workflowId);
    assert.match(next, /No worker on the machine of its recording has asked for work lately/);
    const { events } = await handle.fetchHistory();
    const scheduled = events?.at(-1)?.activityTaskScheduledEventAttributes;
    assert.equal(scheduled?.activityType?.name, 'acceptVideoActivity');
    assert.equal(Number(scheduled?.scheduleToStartTimeout?.seconds ?? 0), 0);
    await handle.terminate();
  });

  it('keep their id and their videos when renamed, and the videos get the new name', async () => {
    const file = await smallMatch(path.join(rig.folder, 'input', 'ms_EnvsFu.mov'), { seed: 302 });
    oldName = 'before it was renamed';
    const handle = await rig.start(file);
    await untilStage(handle, 'WAITING_FOR_SELECTION');
    oldName = undefined;
    const video = await describeVideo(rig.client, handle.workflowId);
    assert.deepEqual([video.hostId, video.hostName], [rig.hostId, rig.hostName]);
    const host = { id: rig.hostId, name: 'renamed again' };
    assert.equal(whereaboutsOf({ ...video, hostName: 'an older name' }, host, rig.store), 'here');
    assert.equal(hostNameOf(video, host), 'renamed again');
    assert.equal(whereaboutsOf(video, { id: 'deadbeef' }, rig.store), 'elsewhere', 'though it has the same name');
    // Like the memo of an earlier version of the program.
    const { hostId: _, ...old } = video;
    assert.equal(whereaboutsOf({ ...old, hostName: 'an older name' }, host, rig.store), 'here');
    assert.equal(whereaboutsOf({ ...old, videoId: 'prepared-elsewhere' }, host, rig.store), 'elsewhere');
    assert.equal(whereaboutsOf({ videoId: 'not-accepted-yet' }, host, rig.store), 'unknown');
    await handle.cancel();
  });

  it('still let clients answer what needs no worker, and refuse the rest within seconds', async () => {
    const file = await smallMatch(path.join(rig.folder, 'input', 'ms_CovsDu.mov'), { seed: 301 });
    const handle = await rig.start(file);
    await untilStage(handle, 'WAITING_FOR_SELECTION');
    await rig.worker.stop();
    const waiting = { stage: 'WAITING_FOR_SELECTION' } as const;
    const pending = await untilListed(rig.client, ({ length }) => length === 1, waiting);
    assert.equal(pending[0]?.videoId, handle.workflowId);
    assert.equal((await findVideo(rig.client, 'ms_CovsDu.mov')).stage, 'WAITING_FOR_SELECTION');
    assert.equal((await findVideo(rig.client, handle.workflowId.slice(0, 12))).recording, 'ms_CovsDu.mov');
    const asked = Date.now();
    await assert.rejects(retryStage(rig.client, handle.workflowId), RefusedError);
    assert.ok(Date.now() - asked < 20_000, 'long before the 29 s after which a query fails by itself');
    await rig.restartWorker().catch(() => undefined);
  });
});
