import assert from 'node:assert/strict';
import { copyFile, rename } from 'node:fs/promises';
import path from 'node:path';
import test, { after, before, describe } from 'node:test';
import { describeVideo } from '../../src/temporal/client/progress.ts';
import { workflowType } from '../../src/temporal/names.ts';
import { listedVideo } from '../support/listed.ts';
import { untilStage } from '../support/rig.ts';
import { sampleRecording } from '../support/sample-recording.ts';
import { type StudioRig, startStudioRig } from './studio-rig.ts';

let rig: StudioRig;
let isOnB = false;

const startAs = (workflowId: string, videoPath: string) =>
  rig.client.workflow.start(workflowType, { workflowId, taskQueue: rig.config.TASK_QUEUE, args: [{ videoPath }] });

/** Everything that opens a file of a video, as pages ask for it. */
async function filesOf(id: string, frame: string): Promise<Map<string, Response>> {
  const look = encodeURIComponent(JSON.stringify({ template: 'bar' }));
  const addresses = [
    ...['frames?at=1', 'recording', `preview?at=1&look=${look}`, `preview?frame=${frame}&look=${look}`],
    ...['picture', `candidates/${frame}`],
  ];
  const answers = new Map<string, Response>();
  for (const address of addresses) {
    answers.set(address, await fetch(new URL(`/api/videos/${encodeURIComponent(id)}/${address}`, rig.studio.url)));
  }
  return answers;
}

describe('a recording that is not the one of the video', () => {
  before(async () => {
    rig = await startStudioRig({
      around: (activities) => ({
        ...activities,
        async acceptVideoActivity(videoPath) {
          const accepted = await activities.acceptVideoActivity(videoPath);
          return isOnB ? { ...accepted, hostId: 'b0b0b0b0', hostName: 'machine-b' } : accepted;
        },
      }),
    });
  });
  after(() => rig.close());

  test("of another machine's video at the same path nothing is shown, whatever its workflow is called", async () => {
    const ownId = await rig.waitingVideo('ms_AnvsBo.mov');
    const { candidates } = await (await rig.api().videos[':id'].$get({ param: { id: ownId } })).json();
    const frame = candidates[0]?.frame ?? assert.fail();
    for (const [address, answer] of await filesOf(ownId, frame)) assert.equal(answer.status, 200, address);

    const { videoPath = '' } = await describeVideo(rig.client, ownId);
    await rig.client.workflow.getHandle(ownId).terminate();
    isOnB = true;
    for (const id of ['somebody-elses', ownId]) {
      await startAs(id, videoPath);
      await listedVideo(rig.client, id, ({ hostName }) => hostName === 'machine-b');
      for (const [address, answer] of await filesOf(id, frame)) {
        assert.equal(answer.status, 404, `${id} ${address}`);
        assert.match(await answer.text(), /another machine, machine-b/);
      }
      const view = await (await rig.api().videos[':id'].$get({ param: { id } })).json();
      assert.deepEqual([view.candidates, view.recording], [[], undefined]);
      await rig.client.workflow.getHandle(id).terminate();
    }
    isOnB = false;
  });

  test("a foreign client's video shows its own recording, and not the one that has taken its place", async () => {
    const file = await sampleRecording(rig.config.INPUT_DIR, 'ms_CovsDu.mov');
    const handle = await startAs('from-a-script', file);
    await untilStage(handle, 'WAITING_FOR_SELECTION', 60);
    await listedVideo(rig.client, 'from-a-script');
    const { candidates } = await (await rig.api().videos[':id'].$get({ param: { id: 'from-a-script' } })).json();
    const frame = candidates[0]?.frame ?? assert.fail();
    for (const [address, answer] of await filesOf('from-a-script', frame)) assert.equal(answer.status, 200, address);

    const kept = path.join(rig.folder, 'kept.mov');
    await rename(file, kept);
    await copyFile(await sampleRecording(rig.folder, 'ms_EnvsFu.mov'), file);
    for (const [address, answer] of await filesOf('from-a-script', frame)) {
      const opensTheRecording = address.includes('at=1') || address === 'recording';
      assert.equal(answer.status, opensTheRecording ? 422 : 200, address);
      if (opensTheRecording) assert.match(await answer.text(), /no longer the recording/);
    }
    const view = await (await rig.api().videos[':id'].$get({ param: { id: 'from-a-script' } })).json();
    assert.equal(view.recording?.isHere, false);
  });
});
