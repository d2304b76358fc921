import assert from 'node:assert/strict';
import { rename } from 'node:fs/promises';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkflowHandle } from '@temporalio/client';
import { quotaReset } from '../../src/domain/quota.ts';
import type { Fault } from '../../src/local-youtube/fault.ts';
import { cancelVideo, correctMatch, retryStage, selectThumbnail } from '../../src/temporal/client/control.ts';
import { RefusedError } from '../../src/temporal/client/errors.ts';
import { describeVideo } from '../../src/temporal/client/progress.ts';
import type { VideoResult, VideoStatus } from '../../src/temporal/names.ts';
import { publishedIds, type Rig, startRig, statusOf, until, untilStage } from '../support/rig.ts';
import { smallMatch } from '../support/small-match.ts';

const atOnce = { selectionPolicy: 'best', selectionTimeoutSeconds: 0.01 } as const;
let seed = 300;

describe('publishing, in the workflow', () => {
  let rig: Rig;
  let fault: ((call: string | undefined) => Fault | undefined) | undefined;
  before(async () => {
    rig = await startRig({
      faults: ({ call }) => fault?.(call),
      settings: { BADMINTON_UPLOAD_EARLY: 'on', BADMINTON_TIME_ZONE: 'Asia/Ho_Chi_Minh' },
    });
  });
  after(() => rig.close());
  afterEach(() => {
    fault = undefined;
  });
  const recording = (name: string) => smallMatch(path.join(rig.folder, 'input', name), { seed: seed++ });
  const refuse = (call: string, reason: string) => {
    fault = (made) => (made === call ? { kind: 'answer', reason } : undefined);
  };
  const isAsleep = ({ waiting }: VideoStatus) => waiting !== undefined;
  const publishedOnce = async (handle: WorkflowHandle) => {
    const { youtubeId }: VideoResult = await handle.result();
    assert.equal((await publishedIds(rig)).filter((id) => id === youtubeId).length, 1);
  };

  it('sleeps until the quota is renewed, says until when, lets others pass, and wakes for a person', async () => {
    refuse('videos.update', 'quotaExceeded');
    const handle = await rig.start(await recording('md_AzBvsCzD.mov'), atOnce);
    const { stage, waiting, next, attention } = await until(handle, isAsleep, 'sleep');
    assert.deepEqual([stage, attention, waiting?.code], ['UPLOADING', undefined, 'QUOTA_EXHAUSTED']);
    assert.equal(waiting?.until, new Date(quotaReset(Date.now())).toISOString());
    assert.match(next, /^Waits until \w+, \d+ \w+ \d{4}, 1[45]:00: .*badminton retry video-/, 'in the club’s own time');
    const shown = await describeVideo(rig.client, handle.workflowId);
    assert.equal(shown.waiting?.until, waiting?.until, 'readable without a worker');
    assert.match(shown.next, /Waits until/);

    await correctMatch(rig.client, handle.workflowId, { title: 'Corrected while it slept' });
    await assert.rejects(retryStage(rig.client, handle.workflowId, { sendAgain: true }), RefusedError);
    fault = undefined;
    await retryStage(rig.client, handle.workflowId);
    const { title }: VideoResult = await handle.result();
    assert.equal(title, 'Corrected while it slept');
    await publishedOnce(handle);
  });

  it('parks for a dead sign-in, and resumes once it works again', async () => {
    refuse('videos.insert', 'authError');
    const handle = await rig.start(await recording('md_EzFvsGzH.mov'), atOnce);
    const { attention } = await untilStage(handle, 'NEEDS_ATTENTION');
    assert.equal(attention?.code, 'AUTH_REQUIRED');
    assert.match(attention?.action ?? '', /npx badminton auth/);
    fault = undefined;
    await retryStage(rig.client, handle.workflowId);
    await publishedOnce(handle);
  });

  it('uploads before the person has chosen, and publishes the match after the choice', async () => {
    const handle = await rig.start(await recording('md_IzJvsKzL.mov'));
    const sent = await until(
      handle,
      ({ stage, privateUrl }) => stage === 'WAITING_FOR_SELECTION' && privateUrl !== undefined,
      'an early upload',
    );
    const before = await publishedIds(rig);
    await selectThumbnail(rig.client, handle.workflowId, { best: true });
    const { watchUrl }: VideoResult = await handle.result();
    assert.equal(watchUrl, sent.privateUrl);
    assert.deepEqual(await publishedIds(rig), before);
  });

  it('deletes nothing when an early upload is cancelled, and says what is on the channel', async () => {
    const handle = await rig.start(await recording('md_MzNvsOzP.mov'));
    const { privateUrl } = await until(handle, ({ privateUrl: url }) => url !== undefined, 'an early upload');
    await cancelVideo(rig.client, handle.workflowId);
    await assert.rejects(handle.result());
    const details = await describeVideo(rig.client, handle.workflowId);
    assert.deepEqual([details.stage, details.privateUrl], ['CANCELLED', privateUrl]);
    const id = new URL(privateUrl ?? '').searchParams.get('v') ?? '';
    assert.ok((await publishedIds(rig)).includes(id));
  });

  it('asks about an unknown outcome, and sends again only if a person says so', async () => {
    const dies = (call: string | undefined): Fault | undefined => {
      if (call === 'upload.question') return { kind: 'answer', status: 404 };
      return call === 'upload.chunk' ? { kind: 'drop', afterBytes: 100 } : undefined;
    };
    fault = dies;
    const handle = await rig.start(await recording('md_QzRvsSzT.mov'), atOnce);
    const { waiting, next } = await until(handle, isAsleep, 'sleep');
    assert.equal(waiting?.code, 'UPLOAD_OUTCOME_UNKNOWN');
    assert.match(next, /--send-again/);
    fault = (call) => (call === 'upload.question' ? { kind: 'answer', status: 404 } : undefined);
    await retryStage(rig.client, handle.workflowId);
    await sleep(300);
    await until(handle, isAsleep, 'sleep, again');
    fault = undefined;
    await retryStage(rig.client, handle.workflowId, { sendAgain: true });
    await publishedOnce(handle);
  });

  it('still sends again when it was parked for another reason before it could', async () => {
    fault = (call) => {
      if (call === 'upload.question') return { kind: 'answer', status: 404 };
      return call === 'upload.chunk' ? { kind: 'drop', afterBytes: 100 } : undefined;
    };
    const file = await recording('md_UzVvsWzX.mov');
    const handle = await rig.start(file, atOnce);
    await until(handle, isAsleep, 'sleep');
    fault = (call) => (call === 'upload.question' ? { kind: 'answer', status: 404 } : undefined);
    await rename(file, `${file}.away`);
    await smallMatch(file, { seed: seed++ });
    await retryStage(rig.client, handle.workflowId, { sendAgain: true });
    assert.equal((await untilStage(handle, 'NEEDS_ATTENTION')).attention?.code, 'FILE_CHANGED');
    await rename(`${file}.away`, file);
    await retryStage(rig.client, handle.workflowId);
    await publishedOnce(handle);
  });
});

describe('an early upload whose queue is busy', () => {
  it('waits silently for its turn until the choice is made', async (t) => {
    const held = new Map<string, () => void>();
    let isOpen = false;
    const rig = await startRig({
      settings: { BADMINTON_UPLOAD_EARLY: 'on', BADMINTON_UPLOAD_CONCURRENCY: '1' },
      around: (activities) => ({
        ...activities,
        async uploadVideoActivity(...args) {
          if (!isOpen) await new Promise<void>((open) => held.set(args[0], open));
          return activities.uploadVideoActivity(...args);
        },
      }),
    });
    const openLane = () => {
      isOpen = true;
      for (const open of held.values()) open();
    };
    t.after(() => {
      openLane();
      return rig.close();
    });
    const handles: WorkflowHandle[] = [];
    for (const name of ['md_AzBvsCzD.mov', 'md_EzFvsGzH.mov', 'md_IzJvsKzL.mov']) {
      const file = await smallMatch(path.join(rig.folder, 'input', name), { seed: seed++ });
      handles.push(await rig.start(file));
    }
    for (const handle of handles) await untilStage(handle, 'WAITING_FOR_SELECTION', 60);
    await sleep(2500);
    assert.equal(held.size, 1, 'the lane has one place');
    const aboutIt = (warnings: readonly string[]) => warnings.filter((warning) => warning.includes('early'));
    const statuses = await Promise.all(handles.map(statusOf));
    assert.deepEqual(
      statuses.map(({ warnings }) => aboutIt(warnings)),
      [[], [], []],
    );
    const chosen = statuses.find(({ videoPath }) => !held.has(videoPath))?.videoId ?? '';
    await selectThumbnail(rig.client, chosen, { best: true });
    await until(
      rig.client.workflow.getHandle(chosen),
      ({ stage }) => stage === 'UPLOADING',
      'its turn after the choice',
    );
    openLane();
    for (const handle of handles) {
      if (handle.workflowId === chosen) continue;
      const { stage, warnings } = await until(handle, ({ privateUrl }) => privateUrl !== undefined, 'an early upload');
      assert.deepEqual([stage, aboutIt(warnings)], ['WAITING_FOR_SELECTION', []]);
      await handle.terminate();
    }
    const last = rig.client.workflow.getHandle(chosen);
    const { stage }: VideoResult = await last.result();
    assert.deepEqual([stage, aboutIt((await statusOf(last)).warnings)], ['COMPLETED', []]);
  });
});
