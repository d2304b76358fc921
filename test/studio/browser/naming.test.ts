import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, utimesSync } from 'node:fs';
import path from 'node:path';
import test, { after, before, describe } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import type { VideoSummary } from '../../../src/temporal/client/videos.ts';
import { writeClip } from '../../media/clips.ts';
import { untilListed } from '../../support/listed.ts';
import { untilStage } from '../../support/rig.ts';
import { sampleRecording } from '../../support/sample-recording.ts';
import { type StudioRig, startStudioRig } from '../studio-rig.ts';
import { visit } from './visit.ts';

let rig: StudioRig;
let cards: string;

const openDialog = async (page: Page) => {
  await page.getByRole('button', { name: 'Add recordings' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Add recordings' });
  await dialog.waitFor();
  return dialog;
};

/** The address of a picture, once it shows something. */
async function pictureIn(row: Locator): Promise<string> {
  const picture = row.locator('.first-frame img');
  await picture.waitFor();
  return picture.evaluate(async (image: HTMLImageElement) => {
    await image.decode();
    return image.naturalWidth > 0 ? image.src : 'empty';
  });
}

/** The video of a recording that was started in the page, once it waits for a person; nothing of it failed before. */
async function started(name: string) {
  const isStarted = ({ recording }: VideoSummary) => recording === name;
  const found = (await untilListed(rig.client, (videos) => videos.some(isStarted))).find(isStarted);
  const videoId = found?.videoId ?? '';
  const handle = rig.client.workflow.getHandle(videoId);
  await untilStage(handle, 'WAITING_FOR_SELECTION', 60);
  const { events } = await handle.fetchHistory();
  assert.ok(!events?.some((event) => event.activityTaskFailedEventAttributes), `${name} asked for nothing`);
  return (await rig.api().videos[':id'].$get({ param: { id: videoId } })).json();
}

describe('a match is named while it is added, in a browser', () => {
  before(async () => {
    rig = await startStudioRig();
    cards = path.join(rig.folder, 'card');
    mkdirSync(cards);
  });
  after(() => rig.close());

  test('an evening in one list: pictures, what the names say, players seen before, the tournament once', async (t) => {
    const names = ['md_KhanhzLeovsHuyzViet_League.mov', 'IMG_2041.mov', 'IMG_2042.mov'] as const;
    const files = await Promise.all(names.map((name) => sampleRecording(cards, name)));
    const page = await visit(t, new URL('/board', rig.studio.url));
    const dialog = await openDialog(page);
    await dialog.locator('.drop-here input').setInputFiles(files);
    const row = (name: string) => dialog.locator('.upload').filter({ hasText: name });
    const form = (name: string) => page.getByRole('form', { name: `Match in ${name}` });
    for (const name of names) assert.match(await pictureIn(row(name)), /^blob:/);

    await row(names[0])
      .getByText(/^Started/)
      .waitFor();
    assert.match((await row(names[0]).textContent()) ?? '', /Khanh\/Leo vs Huy\/Viet · League/);
    await row(names[1]).getByText('Sent. Say which match it is').waitFor();
    await untilStage(rig.client.workflow.getHandle((await started(names[0])).video.videoId), 'WAITING_FOR_SELECTION');
    const field = (name: string, label: string) => form(name).getByLabel(label);
    await page.locator('#known-players option[value=Leo]').waitFor({ state: 'attached' });
    assert.equal(await field(names[1], 'Team 1, player 1').getAttribute('list'), 'known-players');

    await form(names[1]).getByRole('button', { name: 'Start' }).click();
    assert.equal(
      await form(names[1]).locator(':invalid:not(fieldset)').count(),
      4,
      'a match without players is not started',
    );
    await field(names[1], 'Type').selectOption('ms');
    await field(names[1], 'Team 1, player 1').fill('An');
    await field(names[1], 'Team 2, player 1').fill('Bo');
    await field(names[1], 'Tournament').fill('Winter Cup');
    await field(names[1], 'Date of the match').fill('2026-02-03');
    await page.keyboard.press('Enter');
    await row(names[1])
      .getByText(/^Started/)
      .waitFor();
    const second = await started(names[1]);
    assert.match(second.video.title ?? '', /An vs Bo.*Winter Cup/);
    assert.equal(second.video.recordedOn, '2026-02-03');

    const isNext = await field(names[2], 'Type').evaluate((element) => element === document.activeElement);
    assert.ok(isNext, 'the focus is in the next one');
    await page.locator('#known-players option[value=Bo]').waitFor({ state: 'attached' });
    assert.equal(await field(names[2], 'Tournament').inputValue(), 'Winter Cup', 'the evening’s tournament');
    await field(names[2], 'Type').selectOption('xd');
    for (const [at, player] of ['Chi', 'Dan', 'Em', 'Phi'].entries()) {
      await field(names[2], `Team ${at < 2 ? 1 : 2}, player ${(at % 2) + 1}`).fill(player);
    }
    await form(names[2]).getByRole('button', { name: 'Start' }).click();
    await row(names[2])
      .getByText(/^Started/)
      .waitFor();
    assert.match((await started(names[2])).video.title ?? '', /Chi.*Dan vs Em.*Phi.*Winter Cup/);
  });

  test('a picture that the browser cannot draw is the server’s; after a reload the match is asked for again, with what was typed', async (t) => {
    const file = await writeClip(path.join(cards, 'IMG_4001.mov'), { seconds: 2, codec: 'hevc' });
    const page = await visit(t, new URL('/board', rig.studio.url));
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await (await openDialog(page)).locator('.drop-here input').setInputFiles(file);
    await pictureIn(page.getByRole('dialog').locator('.upload').filter({ hasText: 'IMG_4001' }));
    assert.ok(asked.some((target) => /^\/api\/uploads\/[^/]+\/picture$/.test(target)));
    const inDialog = page.getByRole('form', { name: 'Match in IMG_4001.mov' });
    await inDialog.getByLabel('Type').selectOption('ms');
    await inDialog.getByLabel('Team 1, player 1').fill('Quy');
    page.on('dialog', (dialog) => void dialog.accept());
    await page.reload();
    const row = page.locator('#tray .upload').filter({ hasText: 'IMG_4001' });
    await pictureIn(row);
    assert.equal(await page.getByText('Choose the files again').count(), 0, 'it has arrived');
    assert.equal(await row.getByLabel('Type').inputValue(), 'ms');
    assert.equal(await row.getByLabel('Team 1, player 1').inputValue(), 'Quy');
    await row.getByLabel('Team 2, player 1').fill('Son');
    await row.getByRole('button', { name: 'Start' }).click();
    await row.getByText(/^Started/).waitFor();
    assert.match((await started('IMG_4001.mov')).video.title ?? '', /Quy vs Son/);
    assert.equal(await page.evaluate(() => sessionStorage.getItem('studio-drafts')), '{}', 'nothing is left of it');
  });

  for (const indexFirst of [true, false]) {
    test(`a part of a recording with its index at the ${indexFirst ? 'beginning has a' : 'end has no'} picture`, async (t) => {
      const name = `IMG_500${Number(indexFirst)}.mov`;
      const bytes = readFileSync(await writeClip(path.join(cards, name), { seconds: 6, codec: 'hevc', indexFirst }));
      const begin = { name, bytes: bytes.length, digest: 'c'.repeat(64) };
      const { id } = await (await rig.api().uploads.$post({ json: begin })).json();
      t.after(() => rig.api().uploads[':id'].$delete({ param: { id } }));
      const address = new URL(`/api/uploads/${id}`, rig.studio.url);
      const half = Math.ceil(bytes.length * 0.6);
      const send = async (from: number, to: number) => {
        const headers = { 'upload-offset': String(from) };
        const answer = await fetch(address, { method: 'PATCH', headers, body: bytes.subarray(from, to) });
        assert.equal(answer.status, 200);
      };
      const picture = () => fetch(`${address}/picture`);
      await send(0, half);
      const early = await picture();
      assert.equal(early.headers.get('content-type')?.startsWith('image/jpeg'), indexFirst, await early.text());
      await send(half, bytes.length);
      assert.equal((await picture()).status, 200);
    });
  }

  test('those of the input folder, with what is said of them before they are started', async (t) => {
    const name = 'IMG_3001.mov';
    const file = await sampleRecording(rig.config.INPUT_DIR, name);
    utimesSync(file, new Date(), new Date(2026, 1, 5, 12));
    const page = await visit(t, new URL('/board', rig.studio.url));
    const dialog = await openDialog(page);
    const row = dialog.locator('.recordings li').filter({ hasText: name });
    assert.match(await pictureIn(row), /\/api\/recordings\/IMG_3001\.mov\/picture/);
    await row.getByRole('button', { name: 'Name the match in IMG_3001.mov' }).click();
    const form = page.getByRole('form', { name: `Match in ${name}` });
    assert.equal(await form.getByLabel('Date of the match').inputValue(), '2026-02-05');
    await form.getByLabel('Type').selectOption('ws');
    await form.getByLabel('Team 1, player 1').fill('Mai');
    await page.reload();
    await openDialog(page);
    assert.equal(await form.getByLabel('Team 1, player 1').inputValue(), 'Mai', 'what was typed survives a reload');
    await row.getByRole('checkbox').check();
    const start = dialog.getByRole('button', { name: 'Start 1' });
    await start.click();
    await form.locator('input:invalid').waitFor();
    await form.getByLabel('Team 2, player 1').fill('Nga');
    await start.click();
    await page.getByText('One video started.').waitFor();
    const { video } = await started(name);
    assert.match(video.title ?? '', /Mai vs Nga/);
  });
});
