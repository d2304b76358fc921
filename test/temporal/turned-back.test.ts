import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { cpSync, rmSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ApplicationFailure } from '@temporalio/activity';
import type { WorkflowHandle } from '@temporalio/client';
import { pickUp } from '../../src/intake/pick-up.ts';
import { correctMatch, retryStage, selectThumbnail } from '../../src/temporal/client/control.ts';
import { decodePayload } from '../../src/temporal/client/decode.ts';
import { listVideos } from '../../src/temporal/client/videos.ts';
import type { VideoResult, VideoStatus } from '../../src/temporal/names.ts';
import { type EmbeddedServer, startEmbeddedServer } from '../../src/temporal/server/embedded.ts';
import { startMachine, type TestMachine } from '../support/machines.ts';
import { publishedIds, type Rig, serverBinary, startRig, until, untilStage } from '../support/rig.ts';
import { smallMatch } from '../support/small-match.ts';

describe('a video that is turned back to before it was published', () => {
  let rig: Rig;
  let server: EmbeddedServer | undefined;
  let isPublishingHeld = false;
  before(async () => {
    rig = await startRig({
      around: (activities) => ({
        ...activities,
        async uploadVideoActivity(videoPath, corrections, order) {
          if (isPublishingHeld && !order?.sendOnly) throw ApplicationFailure.nonRetryable('not yet', 'SOME');
          return activities.uploadVideoActivity(videoPath, corrections, order);
        },
      }),
    });
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
  const whileStopped = async (work: () => void) => {
    server ??= rig.server;
    const port = Number(server.address.split(':').at(-1));
    await rig.worker.stop();
    await server.stop();
    work();
    server = await startEmbeddedServer({ dataFolder: rig.folder, port, uiPort: 0, binary: serverBinary });
    await rig.restartWorker();
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

  it('by a new, empty Temporal server: it is started again, and asked about again, and not published twice', async () => {
    const { client, startVideo } = rig;
    const { pickUps } = rig.store;
    const files = await Promise.all(
      ['ms_IvnvsJo.mov', 'ms_KivsLu.mov', 'ms_MovsNa.mov', 'ms_OlvsPe.mov'].map((name, at) =>
        recording(name, 850 + at),
      ),
    );
    const [waiting = '', sent = '', published = '', cancelled = ''] = files;
    for (const file of files) await pickUp({ client, pickUps, startVideo }, file);
    const [ofWaiting, ofSent, ofPublished, ofCancelled] = await Promise.all(files.map((file) => rig.start(file)));
    assert.ok(ofWaiting && ofSent && ofPublished && ofCancelled);
    const { youtubeId } = await choose(ofPublished);
    await untilStage(ofWaiting, 'WAITING_FOR_SELECTION');
    await correctMatch(client, ofWaiting.workflowId, { title: 'Corrected on the first server' });
    await untilStage(ofCancelled, 'WAITING_FOR_SELECTION');
    await ofCancelled.cancel();
    await assert.rejects(ofCancelled.result());
    pickUps.note(ofCancelled.workflowId, true);
    isPublishingHeld = true;
    await untilStage(ofSent, 'WAITING_FOR_SELECTION');
    await selectThumbnail(client, ofSent.workflowId, { best: true });
    const { privateUrl } = await untilStage(ofSent, 'NEEDS_ATTENTION');
    const before = await publishedIds(rig);
    assert.ok(privateUrl && before.some((id) => privateUrl.includes(id)), 'it is on the channel');
    isPublishingHeld = false;

    await whileStopped(() => rmSync(path.join(rig.folder, 'temporal'), { recursive: true }));
    assert.deepEqual(await listVideos(client), []);
    // As `npm start` does with what is in the input folder.
    const again = async (file: string) => (await pickUp({ client, pickUps, startVideo }, file)).kind;
    assert.deepEqual(await Promise.all(files.map(again)), ['started', 'started', 'published', 'left']);
    for (const [file, handle] of [
      [waiting, ofWaiting],
      [sent, ofSent],
    ] as const) {
      const { title, choice } = await untilStage(client.workflow.getHandle(handle.workflowId), 'WAITING_FOR_SELECTION');
      assert.match(title ?? '', file === waiting ? /^Ivn vs Jo/ : /^Ki vs Lu/, 'corrections are to be made again');
      assert.equal(choice, undefined);
    }
    const first = await choose(client.workflow.getHandle(ofSent.workflowId));
    assert.ok(privateUrl.includes(first.youtubeId), 'what was sent is published');
    const { youtubeId: another } = await choose(client.workflow.getHandle(ofWaiting.workflowId));
    assert.deepEqual((await publishedIds(rig)).sort(), [...before, another].sort());
    assert.ok(before.includes(youtubeId), `${published} was not published again`);
    assert.equal((await startVideo(cancelled)).kind, 'started');
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
