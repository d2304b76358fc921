import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import test, { after, before, describe, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { type BadNetwork, startBadNetwork } from '../../support/bad-network.ts';
import { sampleRecording } from '../../support/sample-recording.ts';
import { withoutClock } from '../../support/without-clock.ts';
import { type StudioRig, startStudioRig } from '../studio-rig.ts';
import { audit } from './audit.ts';
import { desk, phone, visit } from './visit.ts';

let rig: StudioRig;
let network: BadNetwork;
let cards: string;
const board = () => `http://localhost:${network.port}/board`;
const inInput = (name: string) => path.join(rig.config.INPUT_DIR, name);
const day = new Date('2026-02-03T12:00:00Z');

/** A recording on the person's own disk, last changed in February. */
async function recording(name: string, bytes = 3_000_000): Promise<string> {
  const file = await sampleRecording(cards, name, bytes);
  utimesSync(file, day, day);
  return file;
}

async function choose(page: Page, ...files: string[]): Promise<void> {
  await page.getByRole('button', { name: 'Add recordings' }).first().click();
  await page.locator('.drop-here input').setInputFiles(files);
  await page.keyboard.press('Escape');
}

const tray = (page: Page) => page.getByRole('button', { name: /^Uploads/ });
const row = (page: Page, name: string) => page.locator('#tray .upload').filter({ hasText: name });
const partial = () => {
  try {
    const folder = inInput('.uploads');
    return readdirSync(folder).flatMap((name) =>
      name.endsWith('.part') ? statSync(path.join(folder, name)).size : [],
    );
  } catch {
    return [];
  }
};

/** Where the pieces begin that the page sends from now on. */
function offsetsOf(page: Page): number[] {
  const offsets: number[] = [];
  page.on('request', (request) => {
    if (request.method() === 'PATCH') offsets.push(Number(request.headers()['upload-offset']));
  });
  return offsets;
}

async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let look = 0; look < 400; look += 1, await sleep(50)) if (await isSo()) return;
  assert.fail(`not so after 20 s: ${what}`);
}

async function arrived(page: Page, file: string): Promise<void> {
  const name = path.basename(file);
  await row(page, name)
    .getByText(/^Started/)
    .waitFor();
  assert.ok(readFileSync(inInput(name)).equals(readFileSync(file)), 'every byte is the same');
  assert.equal(statSync(inInput(name)).mtimeMs, day.getTime(), 'the file keeps its time');
}

const onBoard = (t: TestContext, options = desk) => visit(t, board(), options);

describe('uploading in a browser', () => {
  before(async () => {
    rig = await startStudioRig({ studio: { aliveEvery: 600 } });
    cards = path.join(rig.folder, 'card');
    mkdirSync(cards);
    network = await startBadNetwork(() => Number(new URL(rig.studio.url).port));
  });
  after(async () => {
    await network.close();
    await rig.close();
  });

  test('the tray shows how far each is, on every page; one is removed, and the next gets its turn', async (t) => {
    network.speed = 2e6;
    const names = ['ms_AnvsBo_One.mov', 'ms_AnvsBo_Two.mov', 'ms_AnvsBo_Three.mov'];
    const files = await Promise.all(names.map((name) => recording(name)));
    const page = await onBoard(t);
    await choose(page, ...files);
    await tray(page).click();
    await row(page, 'One')
      .getByText(/Being sent · \d+ % of 3\.\d MB · .*\/s · .* left/)
      .waitFor();
    await row(page, 'Three').getByText('Waits for its turn').waitFor();
    await page.getByRole('button', { name: 'Remove ms_AnvsBo_Two.mov' }).click();
    await row(page, 'Three').getByText('Being sent').waitFor();
    await page.getByRole('link', { name: /^Choose/ }).click();
    assert.match((await tray(page).getAttribute('aria-label')) ?? '', /under way, \d+ %/, 'on another page too');
    network.speed = Number.POSITIVE_INFINITY;
    for (const file of [files[0], files[2]]) await arrived(page, file as string);
    assert.deepEqual(
      readdirSync(rig.config.INPUT_DIR).filter((name) => name.includes('Two')),
      [],
    );
    assert.deepEqual(partial(), [], 'what had arrived of the removed one is gone');
  });

  test('after a break of the network, and a restart of the program, it continues where it stopped', async (t) => {
    network.speed = 2e6;
    const file = await recording('ms_AnvsBo_Broken.mov');
    const page = await onBoard(t);
    const offsets = offsetsOf(page);
    await choose(page, file);
    await tray(page).click();
    await until('some of it has arrived', () => (partial()[0] ?? 0) > 300_000);
    network.cut();
    await until('it continues', () => (partial()[0] ?? 0) > 700_000);
    const before = Number(partial()[0]);
    await rig.studio.close();
    await row(page, 'Broken').getByText('Stalled: no answer from the studio. It continues by itself.').waitFor();
    assert.ok(Number(partial()[0]) >= before, 'what had arrived is kept');
    await rig.restartStudio();
    network.speed = Number.POSITIVE_INFINITY;
    await arrived(page, file);
    assert.deepEqual(
      offsets,
      offsets.toSorted((a, b) => a - b),
      'nothing acknowledged is sent twice',
    );
  });

  test('a connection that freezes without breaking: it says so, and continues', async (t) => {
    network.speed = 2e6;
    const file = await recording('ms_AnvsBo_Frozen.mov');
    const page = await onBoard(t);
    await choose(page, file);
    await tray(page).click();
    await until('some of it has arrived', () => (partial()[0] ?? 0) > 300_000);
    network.freeze();
    await row(page, 'Frozen')
      .getByText(/^Stalled/)
      .waitFor();
    await page.getByText('The studio does not answer').waitFor();
    network.thaw();
    network.speed = Number.POSITIVE_INFINITY;
    await arrived(page, file);
    await page.getByText('The studio does not answer').waitFor({ state: 'hidden' });
  });

  test('leaving is asked about; after a reload it asks once for the same file, refuses another, and continues', async (t) => {
    network.speed = 1e6;
    const file = await recording('ms_AnvsBo_Reloaded.mov');
    const page = await onBoard(t, phone);
    const asked: string[] = [];
    page.on('dialog', (dialog) => {
      asked.push(dialog.type());
      void dialog.accept();
    });
    await choose(page, file);
    await until('some of it has arrived', () => (partial()[0] ?? 0) > 300_000);
    await page.reload();
    assert.deepEqual(asked, ['beforeunload']);
    await page.getByText('Choose the same files again, and they continue where they stopped.').waitFor();
    await row(page, 'Reloaded')
      .getByText(/Unfinished · \d+ % of/)
      .waitFor();
    for (const [width, height] of [
      [320, 568],
      [844, 390],
      [390, 844],
    ] as const) {
      await page.setViewportSize({ width, height });
      assert.deepEqual(await audit(page, undefined, true), [], `the tray at ${width} × ${height}`);
    }
    const again = page.getByLabel('Choose the files again');

    const other = path.join(rig.folder, 'other');
    mkdirSync(other);
    const changed = path.join(other, path.basename(file));
    const content = readFileSync(file);
    content[0] = 1;
    for (const [bytes, time, problem] of [
      [Buffer.alloc(10), day, /That is another ms_AnvsBo_Reloaded.mov: it has 0.0 MB, not/],
      [content, new Date('2026-02-04T12:00:00Z'), /it was last changed .*, not/],
      [content, day, /its content is not the same/],
    ] as const) {
      writeFileSync(changed, bytes);
      utimesSync(changed, time, time);
      await again.setInputFiles(changed);
      await row(page, 'Reloaded').getByText(problem).waitFor();
    }
    network.speed = Number.POSITIVE_INFINITY;
    await until('what the network still held has arrived', async () => {
      const { uploads } = await (await rig.api().uploads.$get()).json();
      return uploads.every(({ isReceiving }) => !isReceiving);
    });
    const before = Number(partial()[0]);
    const offsets = offsetsOf(page);
    await again.setInputFiles(file);
    await arrived(page, file);
    assert.ok((offsets[0] ?? 0) > 0 && (offsets[0] ?? 0) <= before, `it continued at ${offsets[0]}`);
    await page.reload();
    await page.getByRole('button', { name: /^All/ }).waitFor();
    assert.equal(asked.length, 1, 'nothing is lost by leaving now');
    assert.equal(await page.locator('#tray').count(), 0);
  });

  test('a folder is dropped: the recordings in it are sent, whatever else it holds', async (t) => {
    network.speed = Number.POSITIVE_INFINITY;
    const folder = path.join(rig.folder, 'evening');
    mkdirSync(path.join(folder, 'court 2'), { recursive: true });
    const file = await sampleRecording(path.join(folder, 'court 2'), 'ms_AnvsBo_Dropped.mov');
    utimesSync(file, day, day);
    writeFileSync(path.join(folder, 'notes.txt'), 'x');
    writeFileSync(path.join(folder, '._hidden.mov'), 'x');
    const page = await onBoard(t);
    await page.getByRole('button', { name: /^All/ }).waitFor();
    const session = await page.context().newCDPSession(page);
    const data = { items: [], files: [folder], dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await session.send('Input.dispatchDragEvent', { type, x: 400, y: 400, data });
    }
    await arrived(page, file);
    assert.equal(await page.locator('#tray .upload').count(), 1);
  });

  test('one without a date of its own gets the day of the file, and a wrong day is corrected, into the title', async (t) => {
    network.speed = Number.POSITIVE_INFINITY;
    const file = await withoutClock(await sampleRecording(cards, 'ms_AnvsBo_Clockless.mov'));
    utimesSync(file, day, day);
    const page = await onBoard(t);
    await choose(page, file);
    await tray(page).click();
    await arrived(page, file);
    await page.getByRole('link', { name: 'Show ms_AnvsBo_Clockless.mov' }).click();
    await page.getByRole('heading', { name: 'An vs Bo | Clockless (2026-02-03)' }).waitFor();
    await page.locator('.match > summary').click();
    const date = page.getByLabel('Date of the match');
    assert.equal(await date.inputValue(), '2026-02-03');
    await date.fill('2026-02-01');
    await date.press('Enter');
    await page.getByRole('heading', { name: 'An vs Bo | Clockless (2026-02-01)' }).waitFor();
  });
});
