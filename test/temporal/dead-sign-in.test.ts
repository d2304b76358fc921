import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkflowHandle } from '@temporalio/client';
import pino from 'pino';
import { resumeAfterSignIn } from '../../src/app/resume-after-sign-in.ts';
import { announceVideos } from '../../src/cli/announcer.ts';
import type { NoticeChannel } from '../../src/notify/channels.ts';
import type { Message } from '../../src/notify/message.ts';
import type { Notice } from '../../src/notify/notice.ts';
import { startNotifier } from '../../src/notify/notifier.ts';
import { retryStage } from '../../src/temporal/client/control.ts';
import { workflowType } from '../../src/temporal/names.ts';
import { saveSignIn } from '../../src/youtube/auth.ts';
import { untilListed } from '../support/listed.ts';
import { type Rig, startRig, untilStage, until as untilStatus } from '../support/rig.ts';
import { smallMatch } from '../support/small-match.ts';

const atOnce = { selectionPolicy: 'best', selectionTimeoutSeconds: 0.01 } as const;
let seed = 700;

describe('a dead sign-in', () => {
  let rig: Rig;
  let isDead = false;
  before(async () => {
    rig = await startRig({
      faults: ({ call }) => (isDead && call === 'videos.insert' ? { kind: 'answer', reason: 'authError' } : undefined),
    });
  });
  after(() => rig.close());

  const start = async (name: string) => {
    const file = await smallMatch(path.join(rig.folder, 'input', name), { seed: seed++ });
    return rig.start(file, atOnce);
  };
  /** Like each automatic check: the stage is retried, and parks again. */
  const checkAgain = async (handle: WorkflowHandle) => {
    const { since } = await untilStage(handle, 'NEEDS_ATTENTION');
    await retryStage(rig.client, handle.workflowId);
    await untilStatus(handle, (now) => now.stage === 'NEEDS_ATTENTION' && now.since !== since, 'parked anew');
  };

  it('is announced once for all videos and checks, and again after a sign-in that worked', async (t) => {
    const got: Notice[] = [];
    const said: string[] = [];
    const deliver = async ({ notices: [notice] }: Message) => void (notice.kind === 'attention' && got.push(notice));
    const channel: NoticeChannel = { name: 'webhook', takesMany: false, deliver };
    const { videos, store } = rig;
    const notify = () => {
      const notifier = startNotifier({
        ...{ videos, told: store.told, channels: () => [channel], studioUrl: async () => 'http://localhost:8089/' },
        isElsewhere: () => false,
        say: (message) => assert.fail(message),
        deliverEvery: 20,
      });
      t.after(notifier.stop);
      return notifier;
    };
    const first = notify();
    t.after(announceVideos(videos, (message) => said.push(message)).stop);
    isDead = true;
    const parked = [await start('md_AzBvsCzD.mov'), await start('md_EzFvsGzH.mov')];
    for (const handle of parked) await untilStage(handle, 'NEEDS_ATTENTION');
    // The watch looks once a second.
    for (const _ of [1, 2]) {
      for (const handle of parked) await checkAgain(handle);
      await sleep(2500);
    }
    await first.stop();
    notify();
    await sleep(1500);
    const sentences = () => said.filter((sentence) => sentence.includes('needs attention'));
    assert.deepEqual([got.length, sentences().length], [1, 1], [...got.map(({ text }) => text), ...said].join('\n'));
    assert.match(got[0]?.text ?? '', /sign-in.*npx badminton auth.*once.*http:\/\/localhost:8089\/videos\//);

    isDead = false;
    for (const handle of parked) await retryStage(rig.client, handle.workflowId);
    for (const handle of parked) await handle.result();
    isDead = true;
    const later = await start('md_IzJvsKzL.mov');
    await untilStage(later, 'NEEDS_ATTENTION');
    await sleep(2500);
    assert.deepEqual([got.length, sentences().length], [2, 2], 'it is another cause');
    isDead = false;
    await retryStage(rig.client, later.workflowId);
    await later.result();
  });

  it('resumes, once replaced, every video that can resume, even if one before it refuses', async (t) => {
    isDead = true;
    const handle = await start('md_MzNvsOzP.mov');
    const { attention } = await untilStage(handle, 'NEEDS_ATTENTION');
    // On a machine that is off: no worker answers for it, so it cannot resume.
    const refusing = await rig.client.workflow.start(workflowType, {
      taskQueue: 'nobody-works-here',
      workflowId: 'refuses-to-resume',
      args: [{ videoPath: '/elsewhere/ms_DenvsTu.mov' }],
      memo: { video: { attention } },
      searchAttributes: { BadmintonStage: ['NEEDS_ATTENTION'] },
    });
    t.after(() => refusing.terminate());
    const parked = () =>
      untilListed(rig.client, ({ length }) => length >= 2, { stage: 'NEEDS_ATTENTION', running: true });
    const ids = [refusing, handle].map(({ workflowId }) => workflowId);
    assert.deepEqual(
      (await parked()).slice(0, 2).map(({ videoId }) => videoId),
      ids,
      'the one that refuses comes first',
    );

    const file = path.join(rig.folder, 'sign-in', 'token.json');
    mkdirSync(path.dirname(file));
    const { causes } = rig.store;
    const log = pino({ level: 'silent' });
    const stop = resumeAfterSignIn({
      client: rig.client,
      causes,
      target: 'local',
      file,
      host: { id: rig.hostId },
      log,
    });
    t.after(stop);
    isDead = false;
    await saveSignIn(file, { type: 'authorized_user', client_id: 'id', client_secret: 'S', refresh_token: 'NEW' });
    const { stage } = (await handle.result()) as { stage: string };
    assert.equal(stage, 'COMPLETED');
  });
});
