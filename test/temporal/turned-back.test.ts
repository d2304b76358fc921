import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { cpSync, rmSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { WorkflowHandle } from '@temporalio/client';
import { correctMatch, retryStage, selectThumbnail } from '../../src/temporal/client/control.ts';
import { decodePayload } from '../../src/temporal/client/decode.ts';
import type { VideoResult, VideoStatus } from '../../src/temporal/names.ts';
import { type EmbeddedServer, startEmbeddedServer } from '../../src/temporal/server/embedded.ts';
import { startMachine, type TestMachine } from '../support/machines.ts';
import { publishedIds, type Rig, serverBinary, startRig, until, untilStage } from '../support/rig.ts';
import { smallMatch } from '../support/small-match.ts';

describe('a video that is turned back to before it was published', () => {
  let rig: Rig;
  let server: EmbeddedServer | undefined;
  before(async () => {
    rig = await startRig();
  });
  after(async () => {
    await rig.close();
    await server?.stop();
  });
  const recording = (name: string, seed: number) => smallMatch(path.join(rig.folder, 'input', name), { seed });
  const choose = async (handle: WorkflowHandle): Promise<VideoResult> => {
    await untilStage(handle, 'WAITING_FOR_SELECTION');
    await selectThumbnail(rig.client, handle.workflowId, { best: true });
    return handle.result();
  };

  it('by a reset to any point: it is not published twice', async () => {
    const first = await rig.start(await recording('ms_AnvsBo.mov', 840));
    await correctMatch(rig.client, first.workflowId, { description: 'long '.repeat(500) });
    const result = await choose(first);
    const { events } = await first.fetchHistory();
    const finished = (events ?? []).filter((event) => event.workflowTaskCompletedEventAttributes);
    // Seven points from the first task to the last one.
    const points = [0, 1, 2, 3, 4, 5, 6].map((part) => finished[Math.round((part / 6) * (finished.length - 1))]);
    const { runId } = await first.describe();
    for (const point of new Set(points)) {
      const { runId: resetId } = await rig.client.workflowService.resetWorkflowExecution({
        namespace: 'default',
        workflowExecution: { workflowId: first.workflowId, runId },
        workflowTaskFinishEventId: point?.eventId ?? null,
        requestId: randomUUID(),
        reason: 'a test',
      });
      const again: VideoResult = await rig.client.workflow.getHandle(first.workflowId, resetId ?? '').result();
      assert.deepEqual([again.stage, again.youtubeId], ['COMPLETED', result.youtubeId], `reset to ${point?.eventId}`);
    }
    assert.deepEqual(await publishedIds(rig), [result.youtubeId]);

    const scheduled = (events ?? []).filter(
      (event) => event.activityTaskScheduledEventAttributes?.activityType?.name === 'uploadVideoActivity',
    );
    assert.deepEqual(
      await Promise.all(scheduled.map((event) => decodePayload(rig.client, event.userMetadata?.summary))),
      [{ value: 'sends the recording' }, { value: 'publishes the video' }],
    );
    for (const event of events ?? []) {
      const answer = event.workflowExecutionUpdateCompletedEventAttributes?.outcome?.success?.payloads?.[0];
      assert.ok((answer?.data?.length ?? 0) < 1000, 'an update answers with little');
    }
  });

  it("by an older backup of Temporal's database: it is not published twice", async () => {
    const database = path.join(rig.folder, 'temporal');
    const backup = path.join(rig.folder, 'temporal-backup');
    const port = Number(rig.server.address.split(':').at(-1));
    server = rig.server;
    const whileStopped = async (work: () => void) => {
      await rig.worker.stop();
      await server?.stop();
      work();
      server = await startEmbeddedServer({ dataFolder: rig.folder, port, uiPort: 0, binary: serverBinary });
      await rig.restartWorker();
    };
    const handle = await rig.start(await recording('ms_EnvsFu.mov', 841));
    await untilStage(handle, 'WAITING_FOR_SELECTION');
    await whileStopped(() => cpSync(database, backup, { recursive: true }));
    const { youtubeId } = await choose(rig.client.workflow.getHandle(handle.workflowId));
    const published = await publishedIds(rig);
    await whileStopped(() => {
      rmSync(database, { recursive: true });
      cpSync(backup, database, { recursive: true });
    });
    // Its first activities are taken for late attempts of those that the data folder remembers; a person retries.
    const turnedBack = rig.client.workflow.getHandle(handle.workflowId);
    await untilStage(turnedBack, 'WAITING_FOR_SELECTION');
    await selectThumbnail(rig.client, handle.workflowId, { best: true });
    const isOver = ({ stage }: VideoStatus) => stage === 'COMPLETED' || stage === 'NEEDS_ATTENTION';
    for (let retries = 0; ; retries += 1) {
      const { stage, attention } = await until(turnedBack, isOver, 'its end, or a stop');
      if (stage === 'COMPLETED') break;
      assert.equal(attention?.code, 'SUPERSEDED');
      assert.ok(retries < 10);
      await retryStage(rig.client, handle.workflowId);
    }
    const again: VideoResult = await turnedBack.result();
    assert.equal(again.youtubeId, youtubeId);
    assert.deepEqual(await publishedIds(rig), published);
  });

  it('by an older backup of the data folder: it is not published twice', async () => {
    const folder = path.join(rig.folder, 'machines', 'court-9');
    const backup = path.join(rig.folder, 'court-9-backup');
    const file = await smallMatch(path.join(folder, 'recordings', 'ms_GovsHi.mov'), { seed: 842 });
    const start = (workflowId: string, { host }: TestMachine) =>
      rig.client.workflow.start('processVideoWorkflow', {
        workflowId,
        taskQueue: 'badminton',
        args: [{ videoPath: file, hostId: host.id }],
      });
    {
      await using machine = await startMachine(rig, 'court-9');
      await untilStage(await start('before-the-backup', machine), 'WAITING_FOR_SELECTION');
    }
    cpSync(folder, backup, { recursive: true });
    let youtubeId: string;
    {
      await using _ = await startMachine(rig, 'court-9');
      ({ youtubeId } = await choose(rig.client.workflow.getHandle('before-the-backup')));
    }
    const published = await publishedIds(rig);
    rmSync(folder, { recursive: true });
    cpSync(backup, folder, { recursive: true });
    {
      await using machine = await startMachine(rig, 'court-9');
      assert.equal((await choose(await start('after-the-backup', machine))).youtubeId, youtubeId);
    }
    assert.deepEqual(await publishedIds(rig), published);
  });
});
