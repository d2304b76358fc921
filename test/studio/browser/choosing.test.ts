import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import test, { after, before, describe } from 'node:test';
import type { Page } from 'playwright-core';
import type { Problem } from '../../../src/studio/server/problem.ts';
import { startMachine } from '../../support/machines.ts';
import { statusOf, until, untilStage } from '../../support/rig.ts';
import { sampleRecording } from '../../support/sample-recording.ts';
import { type StudioRig, startStudioRig } from '../studio-rig.ts';
import { audit } from './audit.ts';
import { currentFrame, deskReady, hurry, visit, withhold } from './visit.ts';

let rig: StudioRig;
const key = 'a key that both machines have, for a test only';
const at = (id: string) => new URL(`/videos/${id}`, rig.studio.url);
const handle = (id: string) => rig.client.workflow.getHandle(id);
/** Chooses, and presses again at once, and once more as soon as the next video is there. */
const pressTwice = (page: Page) =>
  page.evaluate(async () => {
    const press = () => dispatchEvent(new KeyboardEvent('keydown', { key: 's' }));
    const name = () => document.querySelector('h1')?.textContent;
    const before = name();
    press();
    press();
    while (name() === before) await new Promise(requestAnimationFrame);
    for (let drawn = 0; drawn < 3; drawn += 1) await new Promise(requestAnimationFrame);
    press();
  });
const source = (page: Page) => page.locator('.large-picture').getAttribute('src');

const pictureIn = (page: Page, selector: string) =>
  page.waitForFunction((selector) => {
    const picture = document.querySelector<HTMLImageElement>(selector);
    return picture?.complete && picture.naturalWidth > 0;
  }, selector);

describe('choosing in the browser', () => {
  before(async () => {
    rig = await startStudioRig({ settings: { BADMINTON_MACHINES_KEY: key, BADMINTON_MACHINES_PORT: '0' } });
  });
  after(() => rig.close());

  test('the studio opens at the video that has waited longest; every key does what the help says', async (t) => {
    const first = await rig.waitingVideo('ms_DenvsTu.mov');
    const second = await rig.waitingVideo('xd_KhanhzVyvsZezTram_Tour.mov');
    const page = await visit(t, rig.studio.url);
    await page.waitForURL(at(first).href);
    await deskReady(page);
    const press = (...keys: string[]) => Promise.all(keys.map((key) => page.keyboard.press(key)));

    assert.equal(await currentFrame(page), '1');
    for (const [key, frame] of [
      ['l', '2'],
      ['ArrowRight', '3'],
      ['h', '2'],
      ['ArrowLeft', '1'],
      ['ArrowLeft', '5'],
      ['4', '4'],
      ['L', '5'],
      ['l', '1'],
    ] as const) {
      await press(key);
      assert.equal(await currentFrame(page), frame, key);
    }
    assert.ok((await source(page))?.includes('/candidates/frame-'));

    await press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await press('l');
    assert.equal(await currentFrame(page), '1', 'keys rest while a dialog is open');
    await press('Escape');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor({ state: 'hidden' });

    await press('p');
    const comparison = page.getByRole('group', { name: 'Comparison' });
    await comparison.waitFor();
    assert.equal(await currentFrame(page), '2');
    const [best] = await comparison.locator('img').all();
    const pinned = await best?.getAttribute('src');
    await press('l');
    assert.equal(await best?.getAttribute('src'), pinned, 'the best stays while challengers come');
    await press('p');
    assert.notEqual(await best?.getAttribute('src'), pinned, 'the challenger is the best now');
    await press('Escape');
    await comparison.waitFor({ state: 'hidden' });

    await press('1', 'c');
    const box = page.locator('.crop-box');
    const place = await box.boundingBox();
    assert.ok(place);
    await page.mouse.move(place.x + 20, place.y + 20);
    await page.mouse.down();
    await page.mouse.move(place.x - 30, place.y + 10, { steps: 4 });
    await page.mouse.up();
    const moved = await box.boundingBox();
    assert.ok(moved && Math.abs(moved.x - (place.x - 50)) < 3);
    await page.getByRole('button', { name: 'Automatic' }).click();
    await press('Escape');
    await box.waitFor({ state: 'hidden' });

    await press('m');
    const slider = page.getByRole('slider', { name: 'Any moment of the recording' });
    const seconds = async () => Number(await slider.getAttribute('aria-valuenow'));
    await press('Home');
    await page.getByRole('button', { name: 'Keep this moment' }).waitFor();
    const exactly = async (wanted: number) =>
      page.waitForFunction(
        (value) =>
          Math.abs(Number(document.querySelector('[role=slider]')?.getAttribute('aria-valuenow')) - value) < 0.005,
        wanted,
      );
    await exactly(0);
    await press('ArrowUp');
    await exactly(1);
    await page.waitForTimeout(500);
    await press('ArrowRight');
    await exactly(1 + 1 / 30);
    await page.waitForTimeout(300);
    await press('ArrowLeft');
    await exactly(1);
    await press('Shift+ArrowRight');
    await exactly(2);
    await page.waitForTimeout(500);
    await press('k');
    assert.equal(await currentFrame(page), '6');
    assert.equal(await seconds(), 2);

    await press('e');
    await page.getByLabel('Tournament').waitFor();
    await page.getByLabel('Tournament').press('s');
    assert.equal((await statusOf(handle(first))).choice, undefined, 'typing chooses nothing');
    await page.getByRole('button', { name: 'Discard' }).click();

    await page.locator('h1').click();
    await press('2');
    await pressTwice(page);
    await page.waitForURL(at(second).href);
    await page.getByText('Not chosen: this video has only just appeared. Press again.').waitFor();
    await page.getByRole('button', { name: /^Undo/ }).waitFor();
    assert.equal(page.url(), at(second).href, 'two presses choose one video');
    assert.equal((await statusOf(handle(second))).choice, undefined);
    assert.ok((await statusOf(handle(first))).undoUntil, 'nothing is drawn while it can be undone');
    for (const [width, height] of [
      [390, 844],
      [1440, 900],
    ] as const) {
      await page.setViewportSize({ width, height });
      assert.deepEqual(await audit(page, 'Choose this', false), [], 'the message has a place of its own');
    }
    await press('u');
    await page.waitForURL(at(first).href);
    await deskReady(page);
    await page.waitForTimeout(600);
    assert.equal((await statusOf(handle(first))).choice, undefined);
    await hurry(page);
    await page.locator('h1').click();
    await press('Enter');
    await page.waitForURL(at(second).href);
    await deskReady(page);
    await untilStage(handle(first), 'COMPLETED', 40);
    await handle(second).cancel();
  });

  test('the preview is the thumbnail that is published, with template and theme as chosen', async (t) => {
    const id = await rig.waitingVideo('wd_AnzBinhvsChizDung_Club Night.mov');
    const page = await visit(t, at(id));
    await deskReady(page);
    const preview = page.locator('.preview img');
    await page.getByRole('button', { name: 'duel' }).click();
    await page.getByRole('button', { name: 'Theme purple' }).click();
    await page.locator('.preview img[data-template=duel][data-theme=purple]').waitFor();
    const shown = await preview.evaluate(async (image: HTMLImageElement) => (await createImageBitmap(image)).width);
    assert.equal(shown, 1280);
    await hurry(page);
    await page.getByRole('button', { name: 'Choose this' }).click();
    await page.waitForURL('**/board');
    await untilStage(handle(id), 'COMPLETED', 40);
    const { thumbnail } = await (await rig.api().videos[':id'].$get({ param: { id } })).json();
    assert.deepEqual([thumbnail?.template, thumbnail?.theme], ['duel', 'purple']);
  });

  test('what was typed is published although nobody pressed Save; a held key chooses only one video', async (t) => {
    const first = await rig.waitingVideo('ms_HungvsKhoa_Tour.mov');
    const second = await rig.waitingVideo('ms_LamvsMinh_Tour.mov');
    const page = await visit(t, at(first));
    await deskReady(page);
    await page.locator('.match > summary').click();
    await page.getByLabel('Tournament').fill('Giải Xuân');
    await page.locator('h1').click();
    const release = await withhold(page, `**/videos/${second}/candidates/*`);
    await page.keyboard.down('s');
    await page.waitForURL(at(second).href);
    await page.getByRole('button', { name: 'Choose this' }).dblclick();
    await page.getByText('Not chosen: this video has only just appeared').waitFor();
    release();
    await deskReady(page);
    // Without a release between, this is what a keyboard sends again and again.
    await page.keyboard.down('s');
    await page.keyboard.up('s');
    await page.getByRole('button', { name: /^Undo/ }).waitFor();
    const { corrections, choice } = await statusOf(handle(first));
    assert.equal(corrections.tournament, 'Giải Xuân');
    assert.ok(choice);
    assert.equal(page.url(), at(second).href);
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'main', 'the focus went along');
    assert.equal((await statusOf(handle(second))).choice, undefined);

    const choose = page.getByRole('link', { name: /^Choose/ });
    await page.waitForFunction(() => document.querySelector('nav .count')?.textContent === '1');
    await rig.api().videos[':id'].undo.$post({ param: { id: first }, json: {} });
    await choose.getByText('2', { exact: true }).waitFor();
    await handle(first).cancel();
    await handle(second).cancel();
  });

  test('a correction is checked as it is typed, and accepted by the workflow; an ambiguous name is pointed out', async (t) => {
    const id = await rig.waitingVideo('md_AnzBaovszanzTu.mov');
    const page = await visit(t, at(id));
    await deskReady(page);
    const { readings } = await (await rig.api().videos[':id'].$get({ param: { id } })).json();
    if (readings.others.length > 0) await page.getByText(/can be read in \d ways/).waitFor();
    await page.locator('.match > summary').click();
    await page.getByLabel('Title').fill('x'.repeat(101));
    await page.getByText('101 of 100 characters').waitFor();
    await page.getByRole('alert').filter({ hasText: 'YouTube takes 100' }).waitFor();
    assert.ok(await page.getByRole('button', { name: 'Save' }).isDisabled());
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.getByLabel('Team 1, player 1').fill('Nguyễn');
    await page.getByLabel('Tournament').fill('Giải Mùa Xuân');
    await page.getByLabel('Who may see it').selectOption('private');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText(/^Corrected: Nguyễn\//).waitFor();
    const { corrections, title } = await statusOf(handle(id));
    assert.equal(corrections.privacy, 'private');
    assert.match(title ?? '', /^Nguyễn\/.*Giải Mùa Xuân/);
    await handle(id).cancel();
  });

  test('a recording with an unreadable name is corrected on the page, and continues', async (t) => {
    const parked = await rig.start(await sampleRecording(rig.folder, 'IMG_2041.mov'));
    await untilStage(parked, 'NEEDS_ATTENTION');
    const page = await visit(t, new URL('/board', rig.studio.url));
    await pictureIn(page, '.row-picture img');
    await page.getByRole('link', { name: 'Correct', exact: true }).click();
    await pictureIn(page, '.large-picture');
    const before = await source(page);
    const slider = page.getByRole('slider', { name: 'Any moment of the recording' });
    const bar = await slider.boundingBox();
    assert.ok(bar);
    await page.mouse.click(bar.x + bar.width * 0.75, bar.y + bar.height / 2);
    await page.waitForFunction((old) => document.querySelector('.large-picture')?.getAttribute('src') !== old, before);
    assert.equal(Math.round(Number(await slider.getAttribute('aria-valuenow'))), 3, 'any moment of it can be seen');
    await page.getByLabel('Type').selectOption('xd');
    for (const [place, name] of ['Anh', 'Mai', 'Bảo', 'Lan'].entries()) {
      await page.getByLabel(`Team ${place < 2 ? 1 : 2}, player ${(place % 2) + 1}`).fill(name);
    }
    await page.waitForFunction(() =>
      [...document.querySelectorAll('input')].some(({ value }) => value.startsWith('Anh/Mai vs Bảo/Lan')),
    );
    await page.getByRole('button', { name: 'Save' }).click();
    const { title } = await untilStage(parked, 'WAITING_FOR_SELECTION', 40);
    assert.match(title ?? '', /^Anh\/Mai vs Bảo\/Lan/);
    await deskReady(page);
    await parked.cancel();
  });

  test('of a recording that two machines have, a person chooses whose is meant', async (t) => {
    await using other = await startMachine(rig, 'court-2', { shares: [rig.folder] });
    const videoPath = path.join(rig.folder, 'ms_EmvsPhu.mov');
    writeFileSync(videoPath, 'whether it is a video, its machine finds out');
    const options = { workflowId: 'on-two-machines', taskQueue: 'badminton', args: [{ videoPath }] };
    const parked = await rig.client.workflow.start('processVideoWorkflow', options);
    await untilStage(parked, 'NEEDS_ATTENTION');
    const page = await visit(t, new URL('/board', rig.studio.url));
    await page.getByText(/Several machines have .*Choose the machine whose recording is meant/).waitFor();
    const mainActions = page.locator('.row', { hasText: 'ms_EmvsPhu' }).locator('.primary');
    assert.equal((await mainActions.allTextContents()).filter((text) => !text.startsWith('The one on')).length, 0);
    await page.getByRole('button', { name: 'The one on court-2' }).click();
    await until(parked, ({ hostName }) => hostName === other.host.name, 'the chosen machine');
    await page.getByText(/copy the recording/i).waitFor();
    assert.equal(await mainActions.count(), 0, 'trying again cannot help');
    rmSync(videoPath);
    await page.getByRole('button', { name: 'Retry' }).click();
    await page.getByText(/put (it|the recording) back/i).waitFor();
    assert.deepEqual(await mainActions.allTextContents(), ['Retry']);
    await parked.terminate();
  });

  test('of a video whose files another machine has, a person chooses as of any other; while it is away, it is named', async (t) => {
    await using other = await startMachine(rig, 'court-3');
    const there = await other.serveStudio(key);
    const { videoId } = await other.startVideo(await sampleRecording(other.disk, 'ms_GiangvsHoa.mov'));
    await untilStage(handle(videoId), 'WAITING_FOR_SELECTION', 40);
    const page = await visit(t, at(videoId));
    await deskReady(page);
    await page.getByText('court-3').first().waitFor();
    await page.locator('.scrubber [role=slider]').press('ArrowRight');
    await page.getByRole('button', { name: /^Keep/ }).waitFor();
    await there.close();
    await page.reload();
    await page
      .getByRole('status')
      .getByText(/The recording is on court-3, whose studio/)
      .waitFor();
    await other.serveStudio(key);
    await deskReady(page);
    assert.equal(await page.getByText(/The recording is on court-3/).count(), 0);
    await hurry(page);
    await page.getByRole('button', { name: /^Choose this/ }).click();
    await untilStage(handle(videoId), 'COMPLETED', 40);
  });

  test('a refusal by the workflow is shown in its words, and the video is still there', async (t) => {
    const id = await rig.waitingVideo('ms_AnvsBinh.mov');
    const page = await visit(t, at(id));
    await deskReady(page);
    // Somebody is quicker, and the page does not know it yet.
    await page.route('**/api/events', (route) => route.abort());
    await rig.api().videos[':id'].select.$post({ param: { id }, json: { best: true, undoSeconds: 30 } });
    await page.keyboard.press('s');
    await page.getByText(/Not chosen: .*The best candidate has just been chosen for this video/).waitFor();
    await handle(id).cancel();
  });

  test('of a choice whose answer is lost it is said that it was perhaps chosen', async (t) => {
    const id = await rig.waitingVideo('ms_CuongvsDuc.mov');
    const page = await visit(t, at(id));
    await deskReady(page);
    const problem = 'No answer came in time.';
    await page.route('**/select', (route) =>
      route.fulfill({ status: 504, json: { problem, outcome: 'unknown' } satisfies Problem }),
    );
    const release = await withhold(page, '**/frames?*precision=exact');
    const slider = page.getByRole('slider', { name: 'Any moment of the recording' });
    await slider.click({ position: { x: 90, y: 20 } });
    await page.keyboard.press('s');
    await page.getByText('It is chosen as soon as its picture is here …').waitFor();
    release();
    await page.getByText(/Perhaps chosen: .*No answer came in time/).waitFor();
    await handle(id).cancel();
  });

  test('the browser notifies once about a video that begins to wait, and links to it', async (t) => {
    const page = await visit(t, 'about:blank');
    await page.context().grantPermissions(['notifications'], { origin: new URL(rig.studio.url).origin });
    // What the system would show cannot be inspected, so the test listens to the browser's own class instead.
    await page.addInitScript(() => {
      const told: { title: string; tag: string; press: () => void }[] = [];
      class Listened extends EventTarget {
        static permission = 'granted';
        static requestPermission = async () => 'granted';
        onclick: (() => void) | undefined;
        constructor(title: string, { tag }: { tag: string }) {
          super();
          told.push({ title, tag, press: () => this.onclick?.() });
        }
        close() {}
      }
      Object.assign(globalThis, { Notification: Listened, told });
    });
    await page.goto(new URL('/board', rig.studio.url).href);
    await page.getByRole('button', { name: 'Add recordings' }).first().waitFor();
    await page.waitForTimeout(1500);
    const id = await rig.waitingVideo('ms_EmvsUt.mov');
    await page.getByText('Em vs Ut').first().waitFor();
    await page.waitForTimeout(2500);
    const told = await page.evaluate(() =>
      (globalThis as unknown as { told: { title: string }[] }).told.map(({ title }) => title),
    );
    assert.equal(told.filter((title) => title.startsWith('Waits for you: Em vs Ut')).length, 1, told.join());
    await page.evaluate(() => (globalThis as unknown as { told: { press(): void }[] }).told.at(-1)?.press());
    await page.waitForURL(at(id).href);
    await handle(id).cancel();
  });

  test('two people at the same time: the second sees what happened, and may undo it', async (t) => {
    const id = await rig.waitingVideo('ms_CuongvsDung.mov');
    const page = await visit(t, at(id));
    await deskReady(page);
    await rig.api().videos[':id'].select.$post({ param: { id }, json: { atSeconds: 1, undoSeconds: 30 } });
    await page.getByText('The moment at 0:01.00 has just been chosen for this video, by somebody else').waitFor();
    await page.locator('.notice').getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'Choose this' }).waitFor();
    assert.equal((await statusOf(handle(id))).choice, undefined);
    await handle(id).cancel();
  });

  test('the page recovers on its own after the studio was away, and says so meanwhile', async (t) => {
    const page = await visit(t, new URL('/board', rig.studio.url));
    await page.getByRole('button', { name: /^All/ }).waitFor();
    const back = rig.studio.close().then(() => page.getByText('The studio does not answer').waitFor());
    await back;
    await rig.restartStudio();
    const id = await rig.waitingVideo('ms_BackvsAgain.mov');
    await page
      .getByText(/Back vs Again/)
      .first()
      .waitFor();
    assert.equal(await page.getByText('The studio does not answer').count(), 0);
    await handle(id).cancel();
  });
});
