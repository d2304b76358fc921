import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test, { after, before, describe } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { freePort, type Program, startProgram } from '../../support/program.ts';
import { sampleRecording } from '../../support/sample-recording.ts';
import { audit } from './audit.ts';
import { deskReady, hurry, visit } from './visit.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'badminton-journey-'));
const data = path.join(folder, 'data');
let program: Program;
let studio: string;

/** Minutes may pass on a busy machine until a match is drawn, ranked or published. */
const patient = { timeout: 120_000 };
const heading = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 });

/** Reaches what is meant as a person without a mouse does. */
async function tabTo(page: Page, what: Locator): Promise<void> {
  await what.waitFor();
  for (let tabs = 0; tabs < 80; tabs += 1) {
    if (await what.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`no way by keyboard to ${what}`);
}

async function press(page: Page, name: string | RegExp, role: 'button' | 'link' = 'button'): Promise<void> {
  await tabTo(page, page.getByRole(role, { name }).first());
  await page.keyboard.press('Enter');
}

/** The title that the channel shows. */
async function titleAt(watchUrl: string | null): Promise<string> {
  const [, title = ''] = /<h1[^>]*>([^<]*)/.exec(await (await fetch(watchUrl ?? '')).text()) ?? [];
  return title;
}

describe('from a new data folder to a match that is published and changed', () => {
  before(async () => {
    const [temporal, ui, youtube, port] = [await freePort(), await freePort(), await freePort(), await freePort()];
    program = startProgram(['up'], {
      BADMINTON_DATA_DIR: data,
      BADMINTON_TEMPORAL_PORT: String(temporal),
      BADMINTON_TEMPORAL_UI_PORT: String(ui),
      BADMINTON_LOCAL_YOUTUBE_PORT: String(youtube),
      BADMINTON_STUDIO_PORT: String(port),
    });
    [, studio = ''] = /Studio +(http:\S+)/.exec(await program.printed(/Ready\./)) ?? [];
  });
  after(async () => {
    await program.interrupt();
    rmSync(folder, { recursive: true, force: true });
  });

  test('by keyboard only: the first start, the sample match, and a title that is changed', async (t) => {
    const page = await visit(t, studio, { viewport: { width: 1024, height: 768 } });
    await hurry(page);
    await heading(page, 'What is your club called?').waitFor();
    await page.getByText('1 of 4').waitFor();
    const name = page.getByLabel('Club name');
    await tabTo(page, name);
    const places = () =>
      page
        .locator('.first-start :is(h1, label, img, .blank, button)')
        .evaluateAll((all) => all.map((each) => JSON.stringify(each.getBoundingClientRect())));
    const before = await places();
    await page.keyboard.type('Sun Club');
    assert.deepEqual(await places(), before, 'nothing moves while one types');
    await page.keyboard.press('Enter');

    await heading(page, 'Where do recordings come from?').waitFor();
    await page.getByText('2 of 4').waitFor();
    const players = ['Khanh', 'Leo', 'Huy', 'Viet'];
    for (const [at, player] of players.entries()) {
      await tabTo(page, page.getByLabel(`Team ${Math.floor(at / 2) + 1}, player ${(at % 2) + 1}`));
      await page.keyboard.type(player);
    }
    await tabTo(page, page.getByLabel('Tournament'));
    await page.keyboard.type('club night');
    await page.getByText('md_KhanhzLeovsHuyzViet_club night.mov', { exact: true }).waitFor();
    await page.getByText('Khanh/Leo vs Huy/Viet · Club Night', { exact: true }).waitFor();
    await press(page, 'Leave this for later');

    await heading(page, 'Rehearse first, then YouTube').waitFor();
    await press(page, 'Back');
    await heading(page, 'Where do recordings come from?').waitFor();
    await tabTo(page, page.getByLabel('Input folder'));
    await page.keyboard.type(path.join(folder, 'films'));
    await press(page, 'Save and continue');
    await press(page, 'Back');
    const waits = page.getByText(
      `From the next start of the program on, it is ${path.join(folder, 'films')}. Stop the`,
    );
    await waits.waitFor();
    await press(page, 'Save and continue');
    await press(page, 'Leave this for later');

    await heading(page, 'Would you like to choose on a phone?').waitFor();
    await page.reload();
    await page.getByText('4 of 4').waitFor();
    await press(page, 'Let paired devices in');
    await press(page, 'Pair a device');
    await page.getByRole('img', { name: 'The code to scan' }).waitFor();
    await press(page, 'Continue');

    await heading(page, 'Make your first choice').waitFor();
    await waits.waitFor();
    await press(page, 'Put the sample match into the queue');
    await page.waitForURL(/\/videos\/video-/, patient);
    await deskReady(page);
    assert.deepEqual(
      ['first-start.json', 'settings.json'].map((file) => JSON.parse(readFileSync(path.join(data, file), 'utf8'))),
      [
        { version: 1, state: 'done' },
        {
          version: 1,
          settings: {
            BADMINTON_CLUB_NAME: 'Sun Club',
            BADMINTON_INPUT_DIR: path.join(folder, 'films'),
            BADMINTON_STUDIO_ON_NETWORK: 'yes',
          },
        },
      ],
    );
    const another = await visit(t, studio);
    await another.waitForURL(/\/videos\/video-/);

    await page.keyboard.press('s');
    await page.getByText(/^Chosen: Huy\/Viet vs The\/Leo/).waitFor();
    const watch = page.getByRole('link', { name: 'Watch (rehearsal)' });
    await watch.waitFor(patient);
    const address = await watch.getAttribute('href');
    assert.match(await titleAt(address), /Huy\/Viet vs The\/Leo/);
    await press(page, /^Huy\/Viet vs The\/Leo/, 'link');
    const form = page.locator('details', { hasText: 'Change the published video' });
    await tabTo(page, form.locator('summary'));
    await page.keyboard.press('Enter');
    await tabTo(page, form.getByLabel('Title'));
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('The first match');
    await press(page, 'Review the change');
    await press(page, 'Change it on YouTube');
    await form.getByText('Changed: YouTube shows it as you asked.').waitFor(patient);
    assert.equal(await titleAt(address), 'The first match');
  });

  test('by touch on a phone: the first start again, a recording of one’s own, and a title that is changed', async (t) => {
    const page = await visit(t, new URL('/settings', studio), {
      viewport: { width: 390, height: 844 },
      deviceScaleFactor: 2,
      hasTouch: true,
      isMobile: true,
    });
    await hurry(page);
    const tap = (name: string | RegExp, role: 'button' | 'link' = 'button') =>
      page.getByRole(role, { name }).first().tap(patient);
    await tap('Go through the first start again', 'link');
    assert.equal(await page.getByLabel('Club name').inputValue(), 'Sun Club');
    for (const title of [
      'What is your club called?',
      'Where do recordings come from?',
      'Rehearse first, then YouTube',
      'Would you like to choose on a phone?',
    ]) {
      await heading(page, title).waitFor();
      assert.deepEqual(await audit(page, undefined, true), [], title);
      await tap(title.startsWith('Rehearse') ? 'Leave this for later' : /ontinue$/);
    }
    await heading(page, 'Make your first choice').waitFor();
    await page.getByRole('link', { name: 'Open the sample match' }).waitFor();
    assert.deepEqual(await audit(page, undefined, true), []);
    await tap('To the videos');

    await tap('Add recordings');
    await page.locator('.drop-here input').setInputFiles(await sampleRecording(folder, 'ms_DenvsTu.mov'));
    await tap('Close');
    const row = page.locator('.row', { hasText: 'Den vs Tu' });
    await row.getByRole('link', { name: 'Choose' }).tap(patient);
    await deskReady(page);
    await tap('Choose this');
    const watch = row.getByRole('link', { name: 'Watch (rehearsal)' });
    await watch.waitFor(patient);
    const address = await watch.getAttribute('href');
    await row.getByRole('link', { name: /^Den vs Tu/ }).tap();
    const form = page.locator('details', { hasText: 'Change the published video' });
    await form.locator('summary').tap();
    await form.getByLabel('Title').fill('Den vs Tu | Final');
    await tap('Review the change');
    await tap('Change it on YouTube');
    await form.getByText('Changed: YouTube shows it as you asked.').waitFor(patient);
    assert.equal(await titleAt(address), 'Den vs Tu | Final');
  });
});
