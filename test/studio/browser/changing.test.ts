import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test, { after, before, describe } from 'node:test';
import { Context } from '@temporalio/activity';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { revisionsRecord, selectionRecord } from '../../../src/stages/records.ts';
import { announcePublishing } from '../../../src/temporal/activities/announce-publishing.ts';
import type { VideoResult } from '../../../src/temporal/names.ts';
import { localAuth } from '../../../src/youtube/auth.ts';
import { createYouTube } from '../../../src/youtube/channel.ts';
import { heldUntil } from '../../support/held.ts';
import { statusOf, untilStage } from '../../support/rig.ts';
import { type StudioRig, startStudioRig } from '../studio-rig.ts';
import { audit } from './audit.ts';
import { currentFrame, deskReady, hurry, phone, visit } from './visit.ts';

let rig: StudioRig;
/** Publishing waits for it, and tells the video that it has begun if told to. */
let lane: { readonly begins: boolean; readonly open: Promise<void> } | undefined;
const handle = (id: string) => rig.client.workflow.getHandle(id);
const channel = () => createYouTube({ rootUrl: rig.youtube.url, auth: localAuth() });
const onChannel = async (id: string) => (await channel().getEditable(id)) ?? assert.fail('it is there');
const board = () => new URL('/board', rig.studio.url);
/** Mean difference of two pictures, in levels from 0 to 255. */
async function distance(...pictures: [Buffer, Buffer]): Promise<number> {
  const [a, b] = await Promise.all(
    pictures.map((picture) => sharp(picture).resize(320, 180, { fit: 'fill' }).removeAlpha().raw().toBuffer()),
  );
  if (!a || !b || a.length !== b.length) return assert.fail('two pictures of one size');
  return a.reduce((sum, value, at) => sum + Math.abs(value - (b[at] ?? 0)), 0) / a.length;
}
const rowOf = (page: Page, name: string) => page.locator('.row', { hasText: name });

describe('changing a choice in the browser', () => {
  before(async () => {
    rig = await startStudioRig({
      around: (activities) => ({
        ...activities,
        async uploadVideoActivity(videoPath, corrections, order) {
          const held = order?.sendOnly ? undefined : lane;
          if (held?.begins) await announcePublishing(Context.current());
          if (held) await heldUntil(() => held.open);
          return activities.uploadVideoActivity(videoPath, corrections, order);
        },
      }),
    });
  });
  after(() => rig.close());

  test('a person changes the choice from the list while the video waits to be published', async (t) => {
    const way = Promise.withResolvers<void>();
    lane = { begins: false, open: way.promise };
    const id = await rig.waitingVideo('ms_ChangvsEng.mov');
    const { candidates = [] } = await statusOf(handle(id));
    await rig.api().videos[':id'].select.$post({ param: { id }, json: { best: true } });
    await untilStage(handle(id), 'UPLOADING');
    const page = await visit(t, board());
    await rowOf(page, 'Chang vs Eng').getByRole('button', { name: 'Change' }).click();
    await page.getByText('it replaces the one chosen before').waitFor();
    await deskReady(page);
    assert.deepEqual(await audit(page, 'Choose this', false), []);
    await page.getByRole('button', { name: 'Keep the first choice' }).click();
    await page.getByRole('button', { name: 'Choose this' }).waitFor({ state: 'hidden' });

    await page.getByRole('button', { name: 'Change' }).click();
    await deskReady(page);
    await page.keyboard.press('3');
    assert.equal(await currentFrame(page), '3');
    await hurry(page);
    const wanted = await page.locator('.tile[aria-pressed=true] img').getAttribute('src');
    await page.keyboard.press('s');
    await page.waitForURL('**/board');
    await page.getByText('Chosen: Chang vs Eng').waitFor();
    way.resolve();
    await untilStage(handle(id), 'COMPLETED', 40);
    const file = path.join(rig.folder, 'workspaces', id, selectionRecord.file);
    const { frame } = JSON.parse(readFileSync(file, 'utf8'));
    assert.notEqual(frame, candidates[0]?.frame);
    assert.ok(wanted?.includes(frame), `${frame} is what was shown: ${wanted}`);
  });

  test('a published match is changed: what it costs, what somebody changed meanwhile, and put back', async (t) => {
    lane = undefined;
    const id = await rig.waitingVideo('ms_RevisvsEd.mov');
    await rig.api().videos[':id'].select.$post({ param: { id }, json: { best: true } });
    const { youtubeId } = (await handle(id).result()) as VideoResult;
    const page = await visit(t, new URL(`/videos/${id}`, rig.studio.url));
    const form = page.locator('details', { hasText: 'Change the published video' });
    await form.locator('summary').click();
    const title = form.getByLabel('Title');
    await title.fill('Revis vs Ed | Final');
    for (const width of [1440, 768, 390]) {
      await page.setViewportSize({ width, height: 900 });
      assert.deepEqual(await audit(page, undefined, false), [], `${width} px`);
    }
    await form.getByRole('button', { name: 'Review the change' }).click();
    await form.getByText(/^Revis vs Ed . Cafe Game .* → Revis vs Ed . Final$/).waitFor();
    await form.getByText(/At most \d+ units of YouTube’s daily quota/).waitFor();
    await form.getByRole('button', { name: 'Change it on YouTube' }).click();
    await form.getByText('Changed: YouTube shows it as you asked.').waitFor();
    assert.equal((await onChannel(youtubeId)).title, 'Revis vs Ed | Final');

    await channel().changeVideo(youtubeId, await onChannel(youtubeId), { title: 'By hand' });
    await title.fill('Revis vs Ed | Semifinal');
    await form.getByRole('button', { name: 'Review the change' }).click();
    await form.getByText('Somebody changed this on YouTube: it is now “By hand”').waitFor();
    await form.getByRole('button', { name: 'Change it anyway' }).click();
    await form.getByText('Changed: YouTube shows it as you asked.').waitFor();
    await form.getByRole('button', { name: 'Put back what it was before' }).click();
    await form.getByText('Revis vs Ed | Semifinal → By hand').waitFor();
    await form.getByRole('button', { name: 'Change it on YouTube' }).click();
    await form.getByText('Changed: YouTube shows it as you asked.').waitFor();
    assert.equal((await onChannel(youtubeId)).title, 'By hand');
    await page.getByRole('heading', { name: 'By hand' }).waitFor();
    await page.getByRole('link', { name: 'All videos' }).click();
    await rowOf(page, 'By hand').first().waitFor();
    const csv = await (await fetch(new URL('/api/published/csv', rig.studio.url))).text();
    assert.match(csv, /^.*\r\nBy hand,/);
  });

  test('a new thumbnail of any moment, cropped, found where the recording was put away; without it, a kept frame', async (t) => {
    lane = undefined;
    const id = await rig.waitingVideo('ms_MomentvsCrop.mov');
    await rig.api().videos[':id'].select.$post({ param: { id }, json: { best: true } });
    const { youtubeId } = (await handle(id).result()) as VideoResult;
    const published = async () =>
      Buffer.from(await (await fetch(`${rig.youtube.url}vi/${youtubeId}/thumbnail`)).arrayBuffer());
    const first = await published();
    const recording = path.join(rig.config.INPUT_DIR, 'ms_MomentvsCrop.mov');
    const completed = path.join(rig.folder, 'put away.mov');
    await rename(recording, completed);
    // What the stage "cleanup" leaves when it moves a recording.
    const cleanup = path.join(rig.folder, 'workspaces', id, 'cleanup.json');
    await writeFile(cleanup, JSON.stringify({ version: 1, movedTo: completed }));
    const address = new URL(`/videos/${id}`, rig.studio.url);
    const page = await visit(t, address);
    const form = page.locator('details', { hasText: 'Change the published video' });
    await form.locator('summary').click();
    await form.getByRole('button', { name: 'Choose another thumbnail' }).press('Enter');
    await deskReady(page);
    for (const width of [1440, 1024, 768, 390]) {
      await page.setViewportSize({ width, height: 900 });
      assert.deepEqual(await audit(page, 'Use this thumbnail', false), [], `${width} px`);
    }
    await page.setViewportSize({ width: 1440, height: 900 });
    const slider = page.getByRole('slider', { name: 'Any moment of the recording' });
    await page.keyboard.press('m');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowUp');
    await page.waitForFunction(
      () => document.querySelector('[role=slider]')?.getAttribute('aria-valuetext') === '0:01.00',
    );
    await page.locator('.desk-side').focus();
    await page.keyboard.press('c');
    const box = page.locator('.crop-box');
    await box.waitFor();
    for (const key of ['-', '-', '-', '-', '-', '-', 'ArrowLeft', 'ArrowUp']) await page.keyboard.press(key);
    await page.locator('.preview:not(.drawing) img').waitFor();
    await page.keyboard.press('s');
    await form.getByText('The moment 0:01.00, cropped').waitFor();
    assert.ok(
      await form
        .getByRole('button', { name: 'Choose another thumbnail' })
        .evaluate((button) => button === document.activeElement),
    );
    await form.getByRole('button', { name: 'Review the change' }).click();
    const drawn = form.locator('.revision-changes .preview:not(.drawing) img');
    await drawn.waitFor();
    const shown = await drawn.evaluate((image: HTMLImageElement) => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 1280, height: 720 });
      canvas.getContext('2d')?.drawImage(image, 0, 0);
      return canvas.toDataURL('image/png');
    });
    const reviewed = Buffer.from(shown.slice(shown.indexOf(',') + 1), 'base64');
    await form.getByRole('button', { name: 'Change it on YouTube' }).click();
    await form.getByText('Changed: YouTube shows it as you asked.').waitFor();
    const second = await published();
    const fromTo = await Promise.all([first, second].map((picture) => distance(picture, reviewed)));
    assert.ok((fromTo[1] ?? 9) < 1 && (fromTo[0] ?? 0) > 4, `what was reviewed is on the channel: ${fromTo}`);
    const { revisions } = JSON.parse(
      readFileSync(path.join(rig.folder, 'workspaces', id, revisionsRecord('local').file), 'utf8'),
    );
    assert.equal(revisions.at(-1).thumbnail.after.frame, 'frame-0001000ms.jpg');
    await page.waitForFunction(async (length) => {
      const image = document.querySelector<HTMLImageElement>('.state-picture img');
      return image && (await (await fetch(image.src)).arrayBuffer()).byteLength === length;
    }, second.length);

    // With fingers, beginning at the present moment; then the recording is gone.
    const touched = await visit(t, address, phone);
    const fields = touched.locator('details', { hasText: 'Change the published video' });
    await fields.locator('summary').tap();
    await fields.getByRole('button', { name: 'Choose another thumbnail' }).tap();
    await deskReady(touched);
    assert.equal(await touched.evaluate(() => scrollY), 0);
    assert.equal(await touched.getByRole('slider').getAttribute('aria-valuetext'), '0:01.00');
    assert.deepEqual(await audit(touched, 'Use this thumbnail', true), []);
    await touched.locator('.scrubber-bar').tap();
    await touched.getByRole('button', { name: 'Keep this moment' }).waitFor();
    await touched.getByRole('button', { name: 'Crop' }).tap();
    await touched.locator('.crop-box').waitFor();
    await touched.getByRole('button', { name: 'Use this thumbnail' }).tap();
    await fields.getByText(/^The moment 0:0[2-9]/).waitFor();
    await rm(completed);
    await page.reload();
    await form.locator('summary').click();
    await form.getByRole('button', { name: 'Choose another thumbnail' }).click();
    await page.getByText('The recording cannot be found: only the frames that were kept can be chosen.').waitFor();
    await deskReady(page);
    assert.equal(await slider.count(), 0);
    await page.keyboard.press('2');
    await page.getByRole('button', { name: 'sidebar' }).click();
    await page.locator('.preview img[data-template=sidebar]').waitFor();
    await page.getByRole('button', { name: 'Use this thumbnail' }).click();
    await form.getByText('Frame 2, in sidebar').waitFor();
    await form.getByRole('button', { name: 'Review the change' }).click();
    await form.getByRole('button', { name: 'Change it on YouTube' }).click();
    await form.getByText('Changed: YouTube shows it as you asked.').waitFor();
    assert.notDeepEqual(await published(), second);
  });

  test('of a choice that is changed too late the workflow says so, in its words', async (t) => {
    const way = Promise.withResolvers<void>();
    const id = await rig.waitingVideo('ms_LatevsSoon.mov');
    lane = { begins: false, open: way.promise };
    await rig.api().videos[':id'].select.$post({ param: { id }, json: { best: true } });
    await untilStage(handle(id), 'UPLOADING');
    const page = await visit(t, new URL(`/videos/${id}`, rig.studio.url));
    await page.getByRole('button', { name: 'Change' }).click();
    await deskReady(page);
    // Somebody else changes it first, and that choice begins to be published.
    lane = { begins: true, open: way.promise };
    await rig.api().videos[':id'].select.$post({ param: { id }, json: { best: true } });
    await page.getByText('Publishing has begun, so it is too late').waitFor();
    await page.getByRole('button', { name: 'Choose this' }).click();
    await page.getByText(/Not chosen: Late vs Soon.*too late to choose another frame/).waitFor();
    way.resolve();
    await untilStage(handle(id), 'COMPLETED', 40);
  });

  test('what is published is found by month, day and name, its link is copied, and it is exported', async (t) => {
    const { ledger } = rig.store;
    for (const [number, day] of ['2025-12-30', '2026-01-02', '2026-01-02'].entries()) {
      ledger.enter({
        ...{
          fingerprint: `${number}`.repeat(64),
          target: 'local',
          youtubeId: `old-${number}`,
          title: `=Old vs ${number}`,
        },
        watchUrl: `${rig.youtube.url}watch?v=old-${number}`,
        ...{ recording: `ms_Oldvs${number}.mov`, publishedAt: `${day}T12:00:00.000Z` },
      });
    }
    ledger.enter({
      ...{ fingerprint: 'f'.repeat(64), target: 'youtube', youtubeId: 'real', title: 'Elsewhere', recording: 'x.mov' },
      ...{ watchUrl: 'https://www.youtube.com/watch?v=real', publishedAt: '2025-11-05T12:00:00.000Z' },
    });
    lane = undefined;
    const id = await rig.waitingVideo('ms_SentvsSeen.mov');
    await rig.api().videos[':id'].select.$post({ param: { id }, json: { best: true } });
    await untilStage(handle(id), 'COMPLETED', 40);
    const page = await visit(t, board());
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('link', { name: 'Published' }).click();
    const rows = page.locator('.published-row');
    const sent = rows.filter({ hasText: 'Sent vs Seen' });
    await sent.getByText('November 21, 2026 · Rehearsal channel · rehearsal').waitFor();
    await page.waitForFunction(() =>
      [...document.querySelectorAll<HTMLImageElement>('.published-row img')].some(
        (image) => image.naturalWidth === 320,
      ),
    );
    const link = await sent.getByRole('link', { name: /watch/ }).getAttribute('href');
    await sent.getByRole('button', { name: 'Copy link of Sent vs Seen' }).click();
    await page.getByText('The link is copied.').waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), link);
    const reallyThere = rows.filter({ hasText: 'Elsewhere' });
    assert.equal(await reallyThere.count(), 1, 'what is really published stays in the list while rehearsing');
    assert.equal(await reallyThere.getByText('rehearsal').count(), 0);

    for (let month = 0; month < 10; month += 1) await page.getByRole('button', { name: 'The month before' }).click();
    await page.getByText('2 videos on 1 day').waitFor();
    assert.ok((await rows.count()) >= 4, 'turning the pages of the calendar changes no list');
    await page.getByRole('button', { name: '2 January 2026: 2 videos' }).click();
    await sent.waitFor({ state: 'detached' });
    assert.equal(await rows.count(), 2);
    const place = () => page.locator('.month').evaluate((month) => month.getBoundingClientRect().top);
    const before = await place();
    await page.getByRole('searchbox').pressSequentially('OLDVS2');
    await page.waitForFunction(() => document.querySelectorAll('.published-row').length === 1);
    assert.equal(await place(), before, 'nothing jumps while one types');
    await page.reload();
    await rows.filter({ hasText: '=Old vs 2' }).waitFor();
    assert.equal(await rows.count(), 1);
    const downloading = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Export as CSV' }).click();
    const download = await downloading;
    assert.equal(download.suggestedFilename(), 'published.csv');
    const lines = readFileSync(await download.path(), 'utf8').split('\r\n');
    assert.deepEqual(
      lines.map((line) => line.split(',')[0]),
      ['\ufeffTitle', "'=Old vs 2", ''],
    );

    // As on another device, where plain HTTP leaves pages no clipboard.
    await page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { get: () => undefined }));
    await page.reload();
    await page.getByRole('button', { name: 'Copy link of =Old vs 2' }).press('Enter');
    const byHand = page.getByRole('textbox', { name: 'Link of =Old vs 2' });
    await byHand.waitFor();
    const marked = await byHand.evaluate((field: HTMLInputElement) => [
      document.activeElement === field,
      field.value.slice(field.selectionStart ?? 0, field.selectionEnd ?? 0),
    ]);
    assert.deepEqual(marked, [true, `${rig.youtube.url}watch?v=old-2`]);
  });

  test('several at once: ticked with shift, one confirmation, each outcome told, one undo', async (t) => {
    const names = ['Uno', 'Dos', 'Tres'];
    const ids: string[] = [];
    for (const name of names) ids.push(await rig.waitingVideo(`ms_${name}vsAll_Cup.mov`));
    const statuses = () => Promise.all(ids.map((id) => statusOf(handle(id))));
    const page = await visit(t, new URL('/board?show=waiting', rig.studio.url));
    const ticks = page.getByRole('checkbox', { name: /^Select / });
    const dialog = page.getByRole('dialog');
    const act = (name: RegExp) =>
      page.getByRole('group', { name: 'Selected videos' }).getByRole('button', { name }).click();
    await ticks.nth(2).waitFor();
    await ticks.first().click();
    await ticks.nth(2).click({ modifiers: ['Shift'] });
    await page.getByText('3 selected').waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('3 selected').waitFor({ state: 'detached' });
    await ticks.nth(2).focus();
    await page.keyboard.press('Space');
    await ticks.first().focus();
    await page.keyboard.press('Shift+Space');
    await page.getByText('3 selected').waitFor();

    await act(/^Tournament of 3/);
    await dialog.getByLabel('Tournament').fill('Night Cup');
    await page.keyboard.press('Enter');
    await dialog.getByText('Set: 3 videos.').waitFor();
    for (const name of names)
      await dialog
        .getByRole('listitem')
        .filter({ hasText: `${name} vs All` })
        .getByText('Set')
        .waitFor();
    assert.deepEqual(
      (await statuses()).map(({ corrections }) => corrections.tournament),
      ['Night Cup', 'Night Cup', 'Night Cup'],
    );
    await dialog.getByRole('button', { name: 'Undo all 3' }).click();
    await dialog.getByText('Undone: 3 videos.').waitFor();
    assert.deepEqual(
      (await statuses()).map(({ corrections }) => corrections.tournament),
      ['Cup', 'Cup', 'Cup'],
    );
    await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();

    // Of what somebody else has taken back meanwhile, the workflow says why it cannot be undone.
    await act(/^Choose the best 3/);
    await dialog.getByRole('button', { name: 'Choose 3' }).click();
    await dialog.getByText('Chosen: 3 videos.').waitFor();
    assert.ok((await statuses()).every(({ choice }) => choice));
    await rig.api().videos[':id'].undo.$post({ param: { id: ids[1] ?? '' }, json: {} });
    await dialog.getByRole('button', { name: 'Undo all 3' }).click();
    await dialog.getByText('Undone: 2 videos. Not undone: 1 video.').waitFor();
    await dialog
      .getByRole('listitem')
      .filter({ hasText: 'Dos vs All' })
      .getByText(/^Not undone: .*\.$/)
      .waitFor();
    assert.ok((await statuses()).every(({ choice, stage }) => !choice && stage === 'WAITING_FOR_SELECTION'));
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });

    // Its window is closed before it has ended: the page tells the outcome all the same, with the undo.
    await page.getByText('3 selected').waitFor();
    const held = Promise.withResolvers<void>();
    await page.route('**/cancel', (route) => held.promise.then(() => route.continue()));
    await act(/^Cancel 3/);
    await dialog.getByRole('button', { name: 'Cancel 3' }).click();
    await dialog.getByText('0 of 3 …').waitFor();
    await page.keyboard.press('Escape');
    held.resolve();
    await page.getByText('Cancelled: 3 videos.').waitFor();
    await page.getByRole('button', { name: /^Cancelled 3/ }).waitFor();
    await page.keyboard.press('u');
    await page.getByText('Undone: 3 videos.').waitFor();
    for (const id of ids) await untilStage(handle(id), 'WAITING_FOR_SELECTION');
    assert.deepEqual(
      (await statuses()).map(({ corrections }) => corrections.tournament),
      ['Cup', 'Cup', 'Cup'],
    );
  });
});
