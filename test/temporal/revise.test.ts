import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pino from 'pino';
import { resumeAfterSignIn } from '../../src/app/resume-after-sign-in.ts';
import { revisionSettings } from '../../src/app/worker-settings.ts';
import type { Revision } from '../../src/domain/revision.ts';
import type { Fault } from '../../src/local-youtube/fault.ts';
import { preparedRecord, publicationRecord, rankingRecord } from '../../src/stages/records.ts';
import { RefusedError } from '../../src/temporal/client/errors.ts';
import { describeVideo } from '../../src/temporal/client/progress.ts';
import {
  followRevision,
  lookAtPublished,
  retryRevision,
  runningRevision,
  startRevision,
} from '../../src/temporal/client/revise.ts';
import { listVideos } from '../../src/temporal/client/videos.ts';
import type { ReviseVideoInput, VideoResult } from '../../src/temporal/names.ts';
import { openReadOnly } from '../../src/workspace/workspace.ts';
import { localAuth, saveSignIn } from '../../src/youtube/auth.ts';
import { createYouTube } from '../../src/youtube/channel.ts';
import { type Rig, startRig } from '../support/rig.ts';
import { smallMatch } from '../support/small-match.ts';

describe('revising a published video, in the workflow', () => {
  let rig: Rig;
  let fault: ((call: string | undefined) => Fault | undefined) | undefined;
  /** The machine's program is from before revisions. */
  let isOlder = false;
  let file: string;
  let videoId: string;
  let youtubeId: string;
  before(async () => {
    rig = await startRig({
      faults: ({ call }) => fault?.(call),
      around: (activities) => {
        const { reviseVideoActivity: _new, ...older } = activities;
        return isOlder ? (older as typeof activities) : activities;
      },
    });
    file = await smallMatch(path.join(rig.folder, 'input', 'md_AzBvsCzD.mov'), { seed: 700 });
    const handle = await rig.start(file, { selectionPolicy: 'best', selectionTimeoutSeconds: 0.01 });
    videoId = handle.workflowId;
    ({ youtubeId } = (await handle.result()) as VideoResult);
  });
  after(() => rig.close());
  afterEach(() => {
    fault = undefined;
  });
  const channel = () => createYouTube({ rootUrl: rig.youtube.url, auth: localAuth() });
  const shown = async () => (await channel().getEditable(youtubeId)) ?? assert.fail('it is there');
  const input = (wishes: Partial<ReviseVideoInput>): ReviseVideoInput => ({
    videoId,
    hostId: rig.hostId,
    settings: { ...revisionSettings(rig.config), retryAttempts: 5 },
    ...wishes,
  });
  const start = (wishes: Partial<ReviseVideoInput>) => startRevision(rig.client, rig.config.TASK_QUEUE, input(wishes));
  const revise = async (wishes: Partial<ReviseVideoInput>) => {
    const outcome = await followRevision(rig.client, await start(wishes));
    return 'waiting' in outcome ? assert.fail(JSON.stringify(outcome)) : outcome;
  };
  const picture = async () => {
    const answer = await fetch(`${rig.youtube.url}vi/${youtubeId}/thumbnail`);
    return Buffer.from(await answer.arrayBuffer()).toString('base64');
  };
  const workspace = () => openReadOnly(rig.store.workspaceRoot, videoId) ?? assert.fail('it has a workspace');

  it('looks, changes what was asked, keeps what a person changed, and shows a conflict', async () => {
    const read = await shown();
    await channel().changeVideo(youtubeId, read, { description: 'By hand' });
    const look = await lookAtPublished(rig.client, rig.config.TASK_QUEUE, input({ revision: { title: 'Revised' } }));
    assert.deepEqual([look.outcome, look.shown.description, look.unitsAtMost], ['looked', 'By hand', 53]);
    assert.equal((await revise({ revision: { title: 'Revised' } })).outcome, 'revised');
    assert.deepEqual([(await shown()).title, (await shown()).description], ['Revised', 'By hand']);
    const { outcome, conflicts } = await revise({ revision: { description: 'Asked' } });
    assert.deepEqual([outcome, conflicts[0]?.now], ['conflict', 'By hand']);
    assert.equal((await revise({ revision: { description: 'Asked' }, force: true })).outcome, 'revised');
    assert.equal((await revise({ putBack: true })).outcome, 'revised');
    assert.equal((await shown()).description, 'By hand');
  });

  it('shows the title that is on the channel: in a list, in a description and in the ledger, also when put back', async () => {
    const told = async () => {
      const { title } = await describeVideo(rig.client, videoId);
      // Visibility lags a moment behind.
      for (let look = 0; look < 50 && (await listedTitle()) !== title; look += 1) await sleep(100);
      const [publication] = rig.store.ledger.all();
      return [title, await listedTitle(), publication?.title];
    };
    const listedTitle = async () =>
      (await listVideos(rig.client)).find((video) => video.videoId === videoId && video.stage === 'COMPLETED')?.title;
    const before = (await shown()).title;
    await revise({ revision: { title: 'Another title' } });
    assert.deepEqual(await told(), ['Another title', 'Another title', 'Another title']);
    await channel().changeVideo(youtubeId, await shown(), { title: 'Title by hand' });
    // Of a revision that ends in a conflict, or changes nothing else, what it has read is known all the same.
    assert.equal((await revise({ revision: { title: 'Asked' } })).outcome, 'conflict');
    assert.deepEqual(await told(), ['Title by hand', 'Title by hand', 'Title by hand']);
    // One that fails, or has only begun, says nothing of the title: the one before it does.
    await assert.rejects(revise({ revision: { thumbnail: { frame: '99' } } }), /no candidate 99/);
    assert.deepEqual(await told(), ['Title by hand', 'Title by hand', 'Title by hand']);
    assert.equal((await revise({ revision: { title: 'Asked' }, force: true })).outcome, 'revised');
    assert.equal((await revise({ putBack: true })).outcome, 'revised');
    assert.deepEqual(await told(), ['Title by hand', 'Title by hand', 'Title by hand']);
    await revise({ revision: { title: before } });
    assert.deepEqual(await told(), [before, before, before]);
  });

  it('draws another thumbnail, also from where the recording was put away; without it, kept frames serve', async () => {
    const first = await picture();
    const { durationSeconds } = workspace().read(preparedRecord)?.info ?? assert.fail('it is prepared');
    const at = (share: number): Revision => ({ thumbnail: { atSeconds: durationSeconds * share } });
    assert.equal((await revise({ revision: at(0.31) })).changes[0]?.field, 'thumbnail');
    const second = await picture();
    assert.notEqual(second, first);

    const completed = path.join(rig.folder, 'put away.mov');
    await rename(file, completed);
    const [candidate] = workspace().read(rankingRecord)?.candidates ?? [];
    const gone = /The recording is gone: it is not at .* kept: --frame 1/;
    await assert.rejects(
      revise({ revision: at(0.57) }),
      (error) => error instanceof RefusedError && gone.test(error.message),
    );
    const crop = { x: 0, y: 0, width: 0.5, height: 0.5 };
    assert.equal(
      (await revise({ revision: { thumbnail: { frame: '1', look: { template: 'sidebar', crop } } } })).outcome,
      'revised',
    );
    assert.deepEqual(workspace().read(publicationRecord('local'))?.picture?.crop, crop);
    assert.ok(candidate && existsSync(workspace().path('candidates', candidate.frame)));

    // What the stage "cleanup" leaves when it moves a recording.
    const moved = { version: 1, movedTo: completed };
    await writeFile(workspace().path('cleanup.json'), JSON.stringify(moved));
    assert.equal((await revise({ revision: at(0.57) })).outcome, 'revised');
    await revise({ putBack: true });
    await rm(workspace().path('cleanup.json'));
    await rename(completed, file);
  });

  it('is one at a time, waits for the quota until somebody asks, and says until when', async () => {
    fault = (call) => (call === 'videos.update' ? { kind: 'answer', reason: 'quotaExceeded' } : undefined);
    const handle = await start({ revision: { title: 'After the quota' } });
    const outcome = await followRevision(rig.client, handle);
    assert.equal('waiting' in outcome && outcome.waiting.code, 'QUOTA_EXHAUSTED');
    await assert.rejects(start({ revision: { title: 'Another' } }), /is being revised already/);
    fault = undefined;
    rig.store.quota.allow('local');
    await retryRevision(await runningRevision(rig.client, videoId));
    await handle.result();
    assert.equal((await shown()).title, 'After the quota');
    await assert.rejects(runningRevision(rig.client, videoId), /is not being revised/);
  });

  it('waits for a sign-in, and continues as soon as somebody has signed in', async (t) => {
    fault = (call) => (call === 'videos.update' ? { kind: 'answer', reason: 'authError' } : undefined);
    const handle = await start({ revision: { title: 'After the sign-in' } });
    const outcome = await followRevision(rig.client, handle);
    assert.equal('waiting' in outcome && outcome.waiting.code, 'AUTH_REQUIRED');
    const file = path.join(rig.folder, 'sign-in.json');
    const { client, hostId: id } = rig;
    const log = pino({ level: 'silent' });
    t.after(resumeAfterSignIn({ client, causes: rig.store.causes, target: 'local', file, host: { id }, log }));
    fault = undefined;
    await saveSignIn(file, { type: 'authorized_user', client_id: 'id', client_secret: 'S', refresh_token: 'NEW' });
    await handle.result();
    assert.equal((await shown()).title, 'After the sign-in');
  });

  it('continues in another worker after each kind of call, and changes everything once', async () => {
    for (const last of ['videos.list', 'thumbnails.set', 'videos.update']) {
      const made: string[] = [];
      const reached = Promise.withResolvers<void>();
      let isReached = false;
      fault = (call = '') => {
        made.push(call);
        if (call !== last || isReached) return undefined;
        isReached = true;
        reached.resolve();
        return { kind: 'loseAnswer' };
      };
      const title = `Once, though stopped at ${last}`;
      const handle = await start({ revision: { title, thumbnail: { frame: last === 'videos.list' ? '1' : '2' } } });
      await reached.promise;
      await rig.restartWorker();
      await handle.result();
      fault = undefined;
      assert.equal((await shown()).title, title);
      // Google's client itself sends again what got no answer; the next worker sees that it was done.
      const updates = made.filter((call) => call === 'videos.update').length;
      assert.equal(updates, last === 'videos.update' ? 2 : 1, last);
    }
  });

  it('says that the machine with the video has an older program, which does not know revisions', async () => {
    isOlder = true;
    await rig.restartWorker();
    await assert.rejects(revise({ revision: { title: 'T' } }), /earlier version of the program.* Update the program/);
    isOlder = false;
    await rig.restartWorker();
    assert.equal((await revise({ revision: { title: 'T' } })).outcome, 'revised');
  });

  it('says that the video was deleted, or belongs to another channel', async () => {
    const rehearsal = path.join(rig.folder, 'youtube', 'rehearsal.json');
    await writeFile(rehearsal, JSON.stringify({ otherChannel: true }));
    await assert.rejects(revise({ revision: { title: 'T' } }), /belongs to another channel than .* sign in/i);
    await rm(rehearsal);
    const headers = { authorization: 'Bearer any' };
    await fetch(`${rig.youtube.url}youtube/v3/videos?id=${youtubeId}`, { method: 'DELETE', headers });
    await assert.rejects(revise({ revision: { title: 'T' } }), /was deleted on YouTube/);
  });

  it('refuses what is no revision, and a video that is not published yet', async () => {
    await assert.rejects(
      revise({ revision: { titel: 'T' } as Revision }),
      /The input is not a revision: unknown: titel/,
    );
    const other = await smallMatch(path.join(rig.folder, 'input', 'md_EzFvsGzH.mov'), { seed: 701 });
    const handle = await rig.start(other);
    while (!openReadOnly(rig.store.workspaceRoot, handle.workflowId)?.read(preparedRecord)) await sleep(50);
    await assert.rejects(
      revise({ videoId: handle.workflowId, revision: { title: 'T' } }),
      /is not done with this video yet/,
    );
    await handle.terminate();
  });
});
