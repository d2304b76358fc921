import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test, { after, before, describe } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkflowHandle } from '@temporalio/client';
import pino from 'pino';
import { changeSettings } from '../../../src/app/change-settings.ts';
import { followTarget } from '../../../src/app/publish-target/follow.ts';
import { openPublishTargets } from '../../../src/app/publish-target/targets.ts';
import { videoIdOf } from '../../../src/domain/video-id.ts';
import { type LocalYouTube, startLocalYouTube } from '../../../src/local-youtube/local-youtube.ts';
import { rehearsalClient } from '../../../src/local-youtube/oauth-client.ts';
import {
  cleanupRecord,
  destinationRecord,
  preparedRecord,
  publicationRecord,
  selectionRecord,
  thumbnailFile,
} from '../../../src/stages/records.ts';
import type { VideoResult } from '../../../src/temporal/names.ts';
import { rehearsedOnly } from '../../../src/workspace/ledger.ts';
import { openReadOnly, openWorkspace } from '../../../src/workspace/workspace.ts';
import { localAuth, saveSignIn } from '../../../src/youtube/auth.ts';
import { createYouTube } from '../../../src/youtube/channel.ts';
import { heldUntil } from '../../support/held.ts';
import { listedVideo } from '../../support/listed.ts';
import { startProgram } from '../../support/program.ts';
import { publishedIds, statusOf, untilStage } from '../../support/rig.ts';
import { type StudioRig, startStudioRig } from '../studio-rig.ts';
import { audit } from './audit.ts';
import { visit } from './visit.ts';

let rig: StudioRig;
let folder: string;
/** In place of the real YouTube. */
let real: LocalYouTube;
/** Publishing waits for it; the sending does not. */
let gate: Promise<void> | undefined;

const handle = (id: string) => rig.client.workflow.getHandle(id);
const choose = (id: string) => rig.api().videos[':id'].select.$post({ param: { id }, json: { best: true } });
const resultOf = (video: WorkflowHandle): Promise<VideoResult> => video.result();
const onReal = () => publishedIds({ youtube: real });
const signIn = () =>
  saveSignIn(path.join(rig.folder, 'youtube-credentials.json'), {
    type: 'authorized_user',
    ...{ client_id: rehearsalClient.clientId, client_secret: rehearsalClient.clientSecret, refresh_token: 'r' },
    ...{ access_token: 'any', expiry_date: Date.now() + 3_600_000 },
  });
const goTo = (target: 'local' | 'youtube') => changeSettings(rig.current.places, { BADMINTON_PUBLISH_TARGET: target });
const titleOn = async ({ url }: LocalYouTube, youtubeId: string) =>
  (await createYouTube({ rootUrl: url, auth: localAuth() }).getVideo(youtubeId))?.title;

function recordingOf(id: string) {
  const workspace = openReadOnly(rig.store.workspaceRoot, id) ?? assert.fail('it has a workspace');
  return { workspace, file: workspace.read(preparedRecord)?.videoPath ?? assert.fail('it is prepared') };
}

async function publish(videoIds: string[]) {
  const { id: channelId } = await createYouTube({ rootUrl: real.url, auth: localAuth() }).getChannel();
  const answer = await rig.api().rehearsed.publish.$post({ json: { videoIds, channelId } });
  return (await answer.json()).videos;
}

async function rehearsed(name: string): Promise<string> {
  const id = await rig.waitingVideo(name);
  await choose(id);
  const { rehearsal } = await resultOf(handle(id));
  assert.ok(rehearsal);
  return id;
}

/** A video whose bytes are on the real YouTube, and that gets no further until its way is free. */
async function halfPublished(name: string) {
  await goTo('youtube');
  await signIn();
  const way = Promise.withResolvers<void>();
  gate = way.promise;
  const half = await rig.waitingVideo(name);
  await choose(half);
  await untilStage(handle(half), 'UPLOADING');
  const { file, workspace } = recordingOf(half);
  while (!workspace.read(publicationRecord('youtube'))) await sleep(20);
  return { half, way, file };
}

describe('switching between rehearsals and the real YouTube', () => {
  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'badminton-real-'));
    real = await startLocalYouTube({ folder, processingMs: 20 });
    rig = await startStudioRig({
      settings: { BADMINTON_YOUTUBE_URL: real.url },
      studio: { aliveEvery: 500 },
      around: (activities) => ({
        ...activities,
        async uploadVideoActivity(videoPath, corrections, order) {
          if (!order?.sendOnly) await heldUntil(() => gate);
          return activities.uploadVideoActivity(videoPath, corrections, order);
        },
      }),
    });
  });
  after(async () => {
    await rig.close();
    await real.close();
    rmSync(folder, { recursive: true });
  });

  test('each video is finished where it was begun, and the others go where videos go then', async () => {
    const way = Promise.withResolvers<void>();
    gate = way.promise;
    const [waits, uploads] = [await rig.waitingVideo('ms_WaitsvsOn.mov'), await rig.waitingVideo('ms_SentvsHalf.mov')];
    await choose(uploads);
    await untilStage(handle(uploads), 'UPLOADING');
    while (!rig.store.uploads.find(uploads, 'local')) await new Promise((resolve) => setTimeout(resolve, 20));
    await signIn();
    await goTo('youtube');
    way.resolve();
    gate = undefined;
    const half = await resultOf(handle(uploads));
    assert.deepEqual([half.rehearsal, await onReal()], [true, []], 'nothing of it is on the real one');
    assert.equal(half.movedTo, undefined, 'and its recording stays');
    await choose(waits);
    const whole = await resultOf(handle(waits));
    assert.equal(whole.rehearsal, false);
    assert.deepEqual(await onReal(), [whole.youtubeId]);
    assert.equal((await publishedIds(rig)).includes(whole.youtubeId), false);
    await goTo('local');
  });

  test('a person switches on the page once somebody is signed in, publishes one rehearsal and then all, each once', async (t) => {
    rmSync(path.join(rig.folder, 'youtube-credentials.json'), { force: true });
    const ids = [await rehearsed('ms_OnevsAlone.mov'), await rehearsed('ms_TwovsMore.mov')];
    const gone = await rehearsed('ms_GonevsAway.mov');
    const before = await onReal();
    const page = await visit(t, new URL('/settings', rig.studio.url));
    const toReal = page.getByRole('button', { name: 'Switch to the real YouTube' });
    await toReal.click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('only once somebody is signed in').waitFor();
    await dialog.getByRole('button', { name: 'Sign in' }).click();
    await dialog.waitFor({ state: 'hidden' });
    assert.equal(new URL(page.url()).hash, '#youtube');
    await signIn();
    await toReal.click();
    await dialog.getByText('on the channel “Rehearsal channel”').waitFor();
    await dialog.getByText('rehearsed videos stay on the local YouTube').waitFor();
    assert.deepEqual(await audit(page, 'Leave it as it is', false), []);
    await dialog.getByRole('button', { name: 'Switch to the real YouTube' }).click();
    await page.getByText('From now on, videos go to the channel “Rehearsal channel”.').waitFor();
    await page.getByText('Videos are published on the real YouTube.').waitFor();
    assert.equal(await page.locator('.rehearsal').count(), 0);

    const csv = async () => (await fetch(new URL('/api/published/csv', rig.studio.url))).text();
    assert.match(await csv(), /One vs Alone.*,yes\r\n/, 'what is only rehearsed is in the table too');
    const { file } = recordingOf(gone);
    renameSync(file, `${file}.away`);
    await page.goto(String(new URL('/published', rig.studio.url)));
    const row = page.locator('.published-row', { hasText: 'One vs Alone' });
    await row.getByText('only rehearsed').waitFor();
    await page.locator('.published-row', { hasText: 'Gone vs Away' }).getByText('The recording is gone').waitFor();
    assert.deepEqual(await audit(page, undefined, false), []);
    await row.getByRole('button', { name: 'Publish for real' }).click();
    await dialog.getByText('1 rehearsed video will be published on the channel “Rehearsal channel”.').waitFor();
    await dialog.getByText('1 upload and at least 101 units, which today’s quota still has room for.').waitFor();
    await dialog.getByRole('button', { name: 'Publish for real' }).click();
    await dialog.getByText('It is being published.').waitFor();
    const [one, two] = ids as [string, string];
    const published = await resultOf(handle(one));
    await row.getByText('only rehearsed').waitFor({ state: 'hidden' });
    await dialog.getByText('It is being published.').waitFor();
    const close = dialog.getByRole('button', { name: 'Close', exact: true }).last();
    assert.ok(await close.evaluate((button) => button === document.activeElement), 'the focus is not lost');
    await close.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'main', 'the button has gone');
    assert.deepEqual([published.rehearsal, published.publishedBefore], [false, false]);
    assert.ok(published.movedTo && existsSync(published.movedTo), 'the recording was put away');
    assert.deepEqual(
      (await onReal()).filter((id) => !before.includes(id)),
      [published.youtubeId],
    );

    rmSync(path.join(rig.folder, 'youtube-credentials.json'));
    await page.getByRole('button', { name: 'for real …' }).first().click();
    const again = dialog.getByRole('button', { name: 'Ask again' });
    await again.waitFor();
    const toSignIn = dialog.getByRole('link', { name: 'To the settings' });
    await page.evaluate(() => Object.assign(window, { isSamePage: true }));
    await toSignIn.click();
    await page.getByRole('heading', { name: 'YouTube account' }).waitFor();
    assert.equal(await page.evaluate(() => 'isSamePage' in window), true, 'uploads are not interrupted');
    await page.goBack();
    await signIn();
    await page.route('**/api/rehearsed/quote', (route) => route.abort(), { times: 1 });
    await page.getByRole('button', { name: 'for real …' }).first().click();
    await dialog.getByText('The studio cannot be reached').waitFor();
    assert.equal(await toSignIn.count(), 0, 'that would not help');
    await again.click();
    await dialog.getByText('published on the channel').waitFor();
    await dialog.getByRole('button', { name: 'Publish for real' }).click();
    await dialog.getByText('being published. Each step').waitFor();
    await resultOf(handle(two));
    renameSync(`${file}.away`, file);
    assert.equal(
      (await publish([one, two])).every(({ outcome }) => outcome === 'published'),
      true,
      'and not again',
    );
    const twice = await Promise.all([publish([gone]), publish([gone])]);
    assert.ok(twice.flat().every(({ outcome }) => ['started', 'joined', 'published'].includes(outcome)));
    await resultOf(handle(gone));
    const all = (await onReal()).filter((id) => !before.includes(id));
    assert.equal(all.length, new Set(all).size);
    assert.deepEqual(rehearsedOnly(rig.store.ledger), []);
    await goTo('local');
    const { videos } = await (await rig.api().published.$get({ query: {} })).json();
    const shown = videos.filter(({ title }) => /One vs Alone/.test(title));
    assert.deepEqual(
      shown.map(({ watchUrl, isRehearsal }) => [new URL(watchUrl).searchParams.get('v'), isRehearsal]),
      [[published.youtubeId, false]],
      'it is listed once, as what it is, though videos are rehearsed again',
    );
    assert.match(await csv(), /One vs Alone.*,no\r\n/);
  });

  test('a rehearsal is published with its frame, look and texts, from where the recording was put away', async () => {
    await goTo('local');
    const id = await rig.waitingVideo('ms_TextsvsStay.mov');
    const { candidates = [] } = await statusOf(handle(id));
    const frame = candidates[1]?.frame ?? assert.fail('there is a second candidate');
    await rig.api().videos[':id'].correct.$post({ param: { id }, json: { title: 'A title of our own' } });
    const crop = { x: 0.1, y: 0.1, width: 0.8, height: 0.8 };
    await rig.api().videos[':id'].select.$post({ param: { id }, json: { frame, look: { template: 'sidebar', crop } } });
    await resultOf(handle(id));
    const { file, workspace } = recordingOf(id);
    const thumbnail = readFileSync(workspace.path(thumbnailFile));
    const away = path.join(rig.config.COMPLETED_DIR, path.basename(file));
    mkdirSync(path.dirname(away), { recursive: true });
    renameSync(file, away);
    writeFileSync(workspace.path(cleanupRecord.file), JSON.stringify({ movedTo: away }));
    const content = readFileSync(away);
    await goTo('youtube');
    const look = await rig.api().videos[':id'].revision.look.$post({ param: { id }, json: {} });
    assert.equal((await look.json()).rehearsal, true, 'a revision is made where the video is');
    assert.deepEqual(await publish([id]), [{ videoId: id, outcome: 'started' }]);
    const { title, youtubeId, movedTo } = await resultOf(handle(id));
    assert.deepEqual(
      [title, await titleOn(real, youtubeId), movedTo],
      ['A title of our own', 'A title of our own', away],
    );
    assert.equal(workspace.read(selectionRecord)?.frame, frame);
    assert.ok(thumbnail.equals(readFileSync(workspace.path(thumbnailFile))), 'the same picture');
    assert.ok(content.equals(readFileSync(away)), 'the recording is as it was');
  });

  test('back to rehearsals: what is on YouTube is finished there, the rest is rehearsed', async () => {
    const way = Promise.withResolvers<void>();
    gate = way.promise;
    const [begun, waits] = [
      await rig.waitingVideo('ms_BegunvsReal.mov'),
      await rig.waitingVideo('ms_StillvsWaits.mov'),
    ];
    await choose(begun);
    await untilStage(handle(begun), 'UPLOADING');
    while (!rig.store.uploads.find(begun, 'youtube')) await new Promise((resolve) => setTimeout(resolve, 20));
    const looked = await (await rig.api().target.$get()).json();
    assert.deepEqual(looked.becomes.slice(1), [
      '1 video that is not being published yet is rehearsed instead.',
      '1 video of which something is on YouTube is finished there.',
      'What is published stays, and what is scheduled becomes public at its time.',
    ]);
    const { workspace } = recordingOf(waits);
    writeFileSync(workspace.path(destinationRecord.file), 'not a record');
    const damaged = await (await rig.api().target.$get()).json();
    rmSync(workspace.path(destinationRecord.file));
    assert.match(
      damaged.becomes.at(-1) ?? '',
      /^1 video has damaged records, so where it is published is not known\.$/,
    );
    const answer = await rig.api().target.$post({ json: { to: 'local' } });
    assert.equal(answer.status, 200);
    way.resolve();
    gate = undefined;
    assert.equal((await resultOf(handle(begun))).rehearsal, false);
    await choose(waits);
    assert.equal((await resultOf(handle(waits))).rehearsal, true);
    const refused = await rig.api().rehearsed.publish.$post({ json: { videoIds: [waits], channelId: 'any' } });
    assert.equal(refused.status, 409, 'nothing is published for real while rehearsing');
  });

  test('a video that is parked, and one that was cancelled half published, stay where they were begun or begin anew', async (t) => {
    const { half, way, file } = await halfPublished('ms_HalfvsCancelled.mov');
    await handle(half).cancel();
    await assert.rejects(handle(half).result());
    way.resolve();
    gate = undefined;
    const before = await onReal();
    rmSync(path.join(rig.folder, 'youtube-credentials.json'));
    const parked = await rig.waitingVideo('ms_ParkedvsNothing.mov');
    await choose(parked);
    await untilStage(handle(parked), 'NEEDS_ATTENTION');
    const { client, store, hostId: id, hostName: name } = rig;
    const { now } = rig.current;
    const parts = { now, store, host: { id, name }, youtube: openPublishTargets(now).of };
    t.after(followTarget({ client, parts, log: pino({ level: 'silent' }) }).stop);
    await goTo('local');
    assert.equal(
      (await resultOf(handle(parked))).rehearsal,
      true,
      'nothing of it was there, and nobody had to press Retry',
    );
    const again = await rig.start(file, { selectionPolicy: 'best', selectionTimeoutSeconds: 0.01 });
    assert.equal((await resultOf(again)).rehearsal, true, 'another run is not drawn to the real one');
    assert.deepEqual(await onReal(), before);
  });

  test('where nothing can be rehearsed, people are told until it can', async (t) => {
    await goTo('youtube');
    const taken = createServer((socket) => socket.destroy());
    await new Promise<void>((listening) => taken.listen(0, '127.0.0.1', listening));
    t.after(() => taken.close());
    const { port } = taken.address() as AddressInfo;
    // As for a club, whose local YouTube is one of ours.
    const now = () => {
      const { YOUTUBE_URL: _real, LOCAL_YOUTUBE_URL: _local, ...config } = rig.current.now();
      return { ...config, LOCAL_YOUTUBE_PORT: port };
    };
    const targets = openPublishTargets(now);
    t.after(targets.close);
    const { client, store, hostId: id, hostName: name } = rig;
    const parts = { now, store, host: { id, name }, youtube: targets.of };
    const followed = followTarget({ client, parts, log: pino({ level: 'silent' }) });
    t.after(followed.stop);
    assert.equal(followed.trouble(), undefined);
    await goTo('local');
    while (!followed.trouble()) await sleep(50);
    assert.match(followed.trouble()?.told?.begin ?? '', new RegExp(`^Nothing can be rehearsed\\. .*${port}.*\\.$`));
    await new Promise((closed) => taken.close(closed));
    while (followed.trouble()) await sleep(50);
  });

  test('the question does what its button says, though somebody has switched on another page', async (t) => {
    await goTo('local');
    const page = await visit(t, new URL('/settings', rig.studio.url));
    const toReal = page.getByRole('button', { name: 'Switch to the real YouTube' });
    await toReal.waitFor();
    await goTo('youtube');
    await toReal.click();
    const dialog = page.getByRole('dialog', { name: 'Switch to rehearsals' });
    await dialog.getByRole('button', { name: 'Switch to rehearsals' }).waitFor();
    await page.getByText('Videos are published on the real YouTube.').waitFor();
    await dialog.getByRole('button', { name: 'Leave it as it is' }).click();
    await goTo('local');
    await page.getByText('Videos are rehearsed on the local YouTube').waitFor();
  });

  test('what was parked half published for a sign-in resumes at a start, though videos go elsewhere by then', async (t) => {
    const { half, way } = await halfPublished('ms_HalfvsParked.mov');
    rmSync(path.join(rig.folder, 'youtube-credentials.json'));
    way.resolve();
    gate = undefined;
    await untilStage(handle(half), 'NEEDS_ATTENTION');
    await listedVideo(rig.client, half, ({ attention }) => attention?.code === 'AUTH_REQUIRED');
    await goTo('local');
    await signIn();
    const { client, store, hostId: id, hostName: name } = rig;
    const { now } = rig.current;
    const parts = { now, store, host: { id, name }, youtube: openPublishTargets(now).of };
    t.after(followTarget({ client, parts, log: pino({ level: 'silent' }) }).stop);
    assert.equal((await resultOf(handle(half))).rehearsal, false);
  });

  test('the target is not changed by other ways, for another channel than the one told, nor where it is fixed', async () => {
    await signIn();
    const direct = await rig.api().settings.$post({ json: { changes: { BADMINTON_PUBLISH_TARGET: 'youtube' } } });
    assert.equal(direct.status, 403);
    const other = await rig.api().target.$post({ json: { to: 'youtube', channelId: 'UCother' } });
    assert.equal(other.status, 409);
    assert.match(await other.text(), /is not the one that you were told/);
    assert.equal(rig.current.now().PUBLISH_TARGET, 'local');
  });

  test('a rehearsal is published once for real, though what publishes it is killed twice', async () => {
    await goTo('local');
    const id = await rehearsed('ms_KilledvsTwice.mov');
    const before = await onReal();
    await goTo('youtube');
    await rig.worker.stop();
    const settings = {
      ...rig.settings,
      ...{ BADMINTON_YOUTUBE_URL: real.url, BADMINTON_LOCAL_YOUTUBE_URL: rig.youtube.url },
      ...{ BADMINTON_HEARTBEAT_TIMEOUT: '2s', BADMINTON_RETRY_INTERVAL: '100ms' },
    };
    const { workspace } = recordingOf(id);
    const isSending = () => rig.store.uploads.find(id, 'youtube') !== undefined;
    const isSent = () => workspace.read(publicationRecord('youtube')) !== undefined;
    for (const isTime of [isSending, isSent]) {
      const worker = startProgram(['worker'], settings);
      await worker.printed('Working for');
      await publish([id]);
      while (!isTime()) await new Promise((resolve) => setTimeout(resolve, 5));
      await worker.kill();
    }
    assert.equal(workspace.read(publicationRecord('youtube'))?.confirmed, false, 'it was killed before the end');
    await rig.restartWorker();
    const { rehearsal, youtubeId } = await resultOf(handle(id));
    assert.equal(rehearsal, false);
    assert.deepEqual(
      (await onReal()).filter((each) => !before.includes(each)),
      [youtubeId],
    );
    assert.deepEqual(await publish([id]), [{ videoId: id, outcome: 'published' }]);
  });

  test('the sample match is not listed among what is only rehearsed, and damaged records hide no list', async () => {
    await goTo('youtube');
    const [known] = rig.store.ledger.all();
    const { workspace: other } = recordingOf(videoIdOf(known?.fingerprint ?? ''));
    const prepared = other.read(preparedRecord) ?? assert.fail('it is prepared');
    const rehearse = (fingerprint: string, videoPath: string) => {
      const workspace = openWorkspace(rig.store.workspaceRoot, videoIdOf(fingerprint), (write) => write());
      workspace.write(preparedRecord, { ...prepared, fingerprint, videoPath });
      const entry = {
        fingerprint,
        target: 'local',
        youtubeId: fingerprint,
        watchUrl: `http://127.0.0.1/${fingerprint}`,
      } as const;
      rig.store.ledger.enter({ ...entry, title: 'A', recording: 'a.mov', publishedAt: new Date().toISOString() });
      return workspace;
    };
    const sample = rehearse('5a'.repeat(32), path.join(rig.config.DATA_DIR, 'sample', '1', 'ms_SamplevsMatch.mov'));
    const damaged = rehearse('d0'.repeat(32), prepared.videoPath);
    writeFileSync(damaged.path(publicationRecord('local').file), '{}');
    const { videos } = await (await rig.api().rehearsed.$get()).json();
    const problems = new Map(videos.map(({ videoId, problem }) => [videoId, problem]));
    assert.equal(problems.has(sample.videoId), false);
    assert.match(problems.get(damaged.videoId) ?? '', /is (damaged|gone)/);
    const published = await (await rig.api().published.$get({ query: {} })).json();
    const listed = published.videos.map(({ contentId }) => contentId);
    assert.deepEqual([listed.includes(sample.videoId), listed.includes(damaged.videoId)], [false, true]);
  });
});
