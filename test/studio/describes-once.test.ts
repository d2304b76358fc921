import assert from 'node:assert/strict';
import test, { after, before, describe } from 'node:test';
import { type StudioRig, startStudioRig } from './studio-rig.ts';

const call = 'DescribeWorkflowExecution';
let rig: StudioRig;

describe('what the studio asks of Temporal', () => {
  before(async () => {
    rig = await startStudioRig();
  });
  after(() => rig.close());

  test('each request describes its workflow once', async () => {
    const param = { id: await rig.waitingVideo() };
    const video = rig.api().videos[':id'];
    const choice = { best: true, undoSeconds: 60 };
    const requests: [string, () => Promise<{ ok: boolean }>][] = [
      ['view', () => video.$get({ param })],
      ['status', () => video.status.$get({ param })],
      ['correct', () => video.correct.$post({ param, json: { tournament: 'Club Night' } })],
      ['select', () => video.select.$post({ param, json: choice })],
      ['undo', () => video.undo.$post({ param, json: {} })],
      ['cancel', () => video.cancel.$post({ param, json: {} })],
    ];
    for (const [name, request] of requests) {
      const before = rig.callsOf(call);
      assert.ok((await request()).ok, name);
      assert.equal(rig.callsOf(call) - before, 1, name);
    }
  });

  test('so does one the workflow refuses; if the workflow has ended, the answer says so', async () => {
    const param = { id: await rig.waitingVideo('ms_DenvsTu.mov') };
    const video = rig.api().videos[':id'];
    const before = rig.callsOf(call);
    const refused = await video.select.$post({ param, json: { frame: 'frame-9.jpg' } });
    assert.match(((await refused.json()) as unknown as { problem: string }).problem, /no candidate frame-9\.jpg/);
    assert.equal(rig.callsOf(call) - before, 1);
    const handle = rig.client.workflow.getHandle(param.id);
    await handle.cancel();
    await assert.rejects(handle.result());
    const late = await video.select.$post({ param, json: { best: true } });
    const { problem } = (await late.json()) as unknown as { problem: string };
    assert.equal(problem, `${param.id} has ended (cancelled).`);
  });

  test('an unknown video is not found', async () => {
    for (const id of ['video-0000000000000000', 'somebody-elses', 'video-00']) {
      assert.equal((await rig.api().videos[':id'].$get({ param: { id } })).status as number, 404, id);
    }
  });
});
