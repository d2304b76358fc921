import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkflowHandle } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import pino from 'pino';
import { resumeFound } from '../../src/app/resume-found.ts';
import type { Activities } from '../../src/temporal/activity-types.ts';
import { retryStage } from '../../src/temporal/client/control.ts';
import { RefusedError } from '../../src/temporal/client/errors.ts';
import { describeVideo, type VideoDetails } from '../../src/temporal/client/progress.ts';
import { embeddedTarget } from '../../src/temporal/connect.ts';
import type { Host } from '../../src/temporal/worker-parts.ts';
import { seesOnly, startMachine, type TestMachine } from '../support/machines.ts';
import { runProgram } from '../support/program.ts';
import { type Rig, startRig } from '../support/rig.ts';
import { smallMatch } from '../support/small-match.ts';

describe('the machine of a recording whose starter has not named one', () => {
  let rig: Rig;
  const machines: TestMachine[] = [];
  const ofFirst: string[] = [];
  let shared = '';
  /** While it is set, court-5 takes questions and answers none. */
  let frozen: Promise<void> | undefined;

  before(async () => {
    rig = await startRig({ around: (activities) => seesOnly(ofFirst, activities) });
    ofFirst.push(path.join(rig.folder, 'input'));
    shared = path.join(rig.folder, 'shared');
    const freezable = (activities: Activities): Activities => ({
      ...activities,
      async acceptVideoActivity(file) {
        await frozen;
        return activities.acceptVideoActivity(file);
      },
    });
    machines.push(
      ...(await Promise.all([
        startMachine(rig, 'court-2', { shares: [shared] }),
        startMachine(rig, 'court-3', { shares: [shared] }),
        startMachine(rig, 'court-4'),
        startMachine(rig, 'court-5', { around: freezable }),
      ])),
    );
  });
  after(async () => {
    for (const machine of machines) await machine[Symbol.asyncDispose]();
    await rig.close();
  });

  /** As a client in any language: a path, and no more. */
  const start = (videoPath: string): Promise<WorkflowHandle> =>
    rig.client.workflow.start('processVideoWorkflow', {
      workflowId: `foreign-${path.basename(videoPath)}`,
      taskQueue: 'badminton',
      args: [{ videoPath, selectionPolicy: 'best', selectionTimeoutSeconds: 0.01 }],
    });
  const untilIt = async (handle: WorkflowHandle, is: (video: VideoDetails) => unknown, seconds = 40) => {
    for (const deadline = Date.now() + seconds * 1000; ; await sleep(50)) {
      const video = await describeVideo(rig.client, handle.workflowId);
      if (is(video)) return video;
      assert.ok(Date.now() < deadline, JSON.stringify(video));
    }
  };
  const machine = (name: string) => machines.find(({ host }) => host.name === name) as TestMachine;
  /** What its program does besides its worker. */
  const resume = (host: Host) =>
    resumeFound({ client: rig.client, host, taskQueue: 'badminton', log: pino({ level: 'silent' }), lookEvery: 200 });
  /** Whether it is a video, its machine finds out only once it has it. */
  const fileOn = (folder: string, name: string) => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, name), name);
    return path.join(folder, name);
  };

  it('is found among five, twelve times of twelve', async () => {
    const owners = [
      { id: rig.hostId, disk: ofFirst[0] as string },
      ...machines.map(({ host, disk }) => ({ ...host, disk })),
    ];
    const videos = Array.from({ length: 12 }, (_, index) => {
      const { id, disk } = owners[index % owners.length] as (typeof owners)[number];
      return { id, file: fileOn(disk, `ms_An${index}vsBo.mov`) };
    });
    const started = await Promise.all(videos.map(async ({ id, file }) => ({ id, handle: await start(file) })));
    for (const { id, handle } of started) {
      const video = await untilIt(handle, ({ hostId, attention }) => hostId ?? attention);
      assert.equal(video.hostId, id, JSON.stringify(video));
    }
    await Promise.all(started.map(({ handle }) => handle.terminate()));
  });

  it('publishes the recording there', async () => {
    const { disk, host } = machine('court-4');
    const handle = await start(await smallMatch(path.join(disk, 'ms_CyvsDo.mov'), { seed: 310 }));
    const { stage } = (await handle.result()) as { stage: string };
    assert.equal(stage, 'COMPLETED');
    assert.equal((await describeVideo(rig.client, handle.workflowId)).hostId, host.id);
  });

  it('is chosen by a person where two have the same path', async () => {
    const handle = await start(fileOn(shared, 'ms_EvevsFay.mov'));
    const { attention, next } = await untilIt(handle, (video) => video.attention);
    assert.equal(attention?.code, 'HOST_AMBIGUOUS');
    const [two, three] = [machine('court-2').host, machine('court-3').host];
    assert.match(
      attention?.reason ?? '',
      /^Several machines have .*ms_EvevsFay\.mov: court-[23] \(\w{8}\) and court-[23] \(\w{8}\)\.$/,
    );
    assert.deepEqual(new Set(attention?.hosts?.map(({ id }) => id)), new Set([two.id, three.id]));
    assert.match(next, /--machine/);
    await assert.rejects(retryStage(rig.client, handle.workflowId, { host: 'court-4' }), (error) => {
      assert.ok(error instanceof RefusedError);
      assert.match(error.message, /court-4 is none of the machines that have the recording: court-/);
      return true;
    });
    const settings = { BADMINTON_DATA_DIR: rig.folder };
    const { code, stderr } = await runProgram(['retry', handle.workflowId, '--machine', 'court-3'], settings);
    assert.equal(code, 0, stderr);
    assert.equal((await untilIt(handle, ({ hostId }) => hostId)).hostId, three.id);
    await handle.terminate();
  });

  it('is missed in vain only so often before a person is told, and found once it is put somewhere', async (t) => {
    const { disk, host } = machine('court-5');
    const file = path.join(disk, 'ms_MaxvsNed.mov');
    const handle = await start(file);
    const { waiting } = await untilIt(handle, (video) => video.waiting);
    assert.equal(waiting?.code, 'HOST_UNKNOWN');
    t.after(resume(host));
    for (let video = await untilIt(handle, (one) => one.waiting ?? one.attention); video.waiting; ) {
      await retryStage(rig.client, handle.workflowId).catch(ignoreRefusal);
      video = await untilIt(handle, (one) => one.waiting ?? one.attention);
    }
    const { attention, next } = await untilIt(handle, (video) => video.attention);
    assert.equal(attention?.code, 'HOST_UNKNOWN');
    assert.match(attention?.reason ?? '', /It is not on .*court-2, court-3/);
    assert.match(next, /^Start the machine that has the recording.* To try again: npx badminton retry/);
    fileOn(disk, 'ms_MaxvsNed.mov');
    assert.equal((await untilIt(handle, ({ hostId }) => hostId)).hostId, host.id);
    await handle.terminate();
  });

  it('is found although others are off or frozen; where none has it, the video waits, says so, and continues by itself', async (t) => {
    const off = machine('court-4');
    await off.stop();
    const thaw = Promise.withResolvers<void>();
    frozen = thaw.promise;
    const [there, away] = await Promise.all([
      start(fileOn(machine('court-2').disk, 'ms_GusvsHan.mov')),
      start(fileOn(off.disk, 'ms_IdavsJo.mov')),
    ]);
    const { waiting, next, stage } = await untilIt(away, (video) => video.waiting);
    assert.deepEqual([stage, waiting?.code], ['PREPARING', 'HOST_UNKNOWN']);
    assert.match(next, /^Waits until .*: No running machine is known to have .*ms_IdavsJo\.mov\. It is not on /);
    for (const name of [rig.hostName, 'court-2', 'court-3'])
      assert.ok(next.split('No answer')[0]?.includes(name), next);
    assert.match(next, /No answer came from court-[45] and court-[45]\. Start the machine/);
    assert.equal((await untilIt(there, ({ hostId }) => hostId)).hostId, machine('court-2').host.id);
    thaw.resolve();
    frozen = undefined;

    await off.start();
    const { host } = off;
    t.after(resume(host));
    assert.equal((await untilIt(away, ({ hostId }) => hostId)).hostId, host.id);
    await Promise.all([there.terminate(), away.terminate()]);
  });

  it('is found on one whose worker is of an earlier version, and has no queue for questions', async () => {
    await Promise.all(machines.map((one) => one.stop()));
    const { host, disk, activities } = machine('court-2');
    const connection = await NativeConnection.connect(embeddedTarget(rig.server).connection);
    const worker = await Worker.create({
      connection,
      taskQueue: 'badminton',
      identity: `${host.name}/1`,
      activities: { acceptVideoActivity: activities.acceptVideoActivity },
    });
    await worker.runUntil(async () => {
      const handle = await start(fileOn(disk, 'ms_KimvsLi.mov'));
      assert.equal((await untilIt(handle, ({ hostId }) => hostId, 60)).hostId, host.id);
      await handle.terminate();
    });
    await connection.close();
  });
});

/** While it is being asked everywhere, there is nothing to retry. */
function ignoreRefusal(error: unknown): void {
  assert.ok(error instanceof RefusedError, String(error));
}
