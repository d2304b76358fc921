import assert from 'node:assert/strict';
import test, { after, before, describe } from 'node:test';
import { mostStreams } from '../../../src/studio/server/limits.ts';
import { type OtherMachine, otherMachine } from '../../support/other-machine.ts';
import { untilStage } from '../../support/rig.ts';
import { type StudioRig, startStudioRig } from '../studio-rig.ts';
import { deskReady, phone, visit } from './visit.ts';

const machine: OtherMachine | undefined = await otherMachine();

describe('a phone of the network, in the browser', { skip: machine ? false : 'this machine has no network' }, () => {
  const { interfaces, through, kind } = machine as OtherMachine;
  let rig: StudioRig;
  before(async () => {
    rig = await startStudioRig({ studio: { onNetwork: true, interfaces: () => interfaces } });
  });
  after(async () => {
    await rig.close();
    machine?.[Symbol.dispose]();
  });
  const link = () => rig.studio.pairingLink() ?? '';

  test('is paired by a press of the button, and chooses', async (t) => {
    t.diagnostic(kind);
    const id = await rig.waitingVideo('ms_DenvsTu.mov');
    const page = await visit(t, rig.studio.linkUrl(), phone, through);
    await page.getByRole('heading', { name: 'This device is not paired' }).waitFor();
    await page.goto(link());
    const sent = page.waitForRequest((request) => request.method() === 'POST');
    await page.getByRole('button', { name: 'Use it here' }).click();
    assert.equal(await (await sent).headerValue('origin'), new URL(rig.studio.linkUrl()).origin);
    await page.waitForURL(new URL(`/videos/${id}`, rig.studio.linkUrl()).href);
    await deskReady(page);
    await page.getByRole('button', { name: /^Choose this/ }).tap();
    await untilStage(rig.client.workflow.getHandle(id), 'COMPLETED', 60);
    await page.goto(new URL('/board', rig.studio.linkUrl()).href);
    await page.locator('.badge').getByText('Published').waitFor();
    await page.goto(new URL(`/videos/${id}`, rig.studio.linkUrl()).href);
    await page.getByText('can be watched on the machine that runs the studio').waitFor();
    const links = await page.evaluate(() => Array.from(document.links, ({ hostname }) => hostname));
    assert.deepEqual(new Set(links), new Set([new URL(page.url()).hostname]), 'each leads to where a phone can go');
  });

  test('is paired by the code on the desk, is listed there, and unpaired there', async (t) => {
    const desk = await visit(t, new URL('/board', rig.studio.url));
    await desk.getByRole('button', { name: 'Paired devices' }).click();
    const devices = desk.getByRole('dialog', { name: 'Devices' });
    await devices.getByRole('button', { name: 'Pair a device' }).click();
    const code = devices.getByRole('img', { name: 'The code to scan' });
    await code.waitFor();
    assert.ok(await code.evaluate((image) => (image as HTMLImageElement).naturalWidth > 0));
    const shown = (await devices.locator('code').textContent()) ?? '';

    const page = await visit(t, shown, phone, through);
    await page.getByLabel('Name of this device').fill('Anna’s phone');
    await page.getByRole('button', { name: 'Use it here' }).click();
    await page.getByRole('heading', { level: 1 }).or(page.locator('.row').first()).first().waitFor();
    const row = devices.getByRole('listitem').filter({ hasText: 'Anna’s phone' });
    await row.getByText(/last seen \d+ s ago/).waitFor();
    await code.waitFor({ state: 'hidden' });
    await devices.getByRole('status').getByText('The code no longer works').waitFor();
    const renew = devices.getByRole('button', { name: 'New code' });
    assert.ok(await renew.evaluate((button) => button === document.activeElement), 'the focus is where one is made');
    await renew.press('Enter');
    await code.waitFor();
    await devices.getByRole('status').getByText('A code is shown.').waitFor();
    rig.studio.pairingLink();
    await code.waitFor({ state: 'hidden' });
    await row.getByRole('button', { name: 'Unpair' }).click();
    await row.waitFor({ state: 'hidden' });
    await page.getByRole('heading', { name: 'This device is not paired' }).waitFor();
  });

  test('is kept out by a press of the button, and let in again, without a restart', async (t) => {
    const desk = await visit(t, new URL('/board', rig.studio.url));
    const reaches = () => fetch(new URL('/api/videos', rig.studio.linkUrl())).then(({ status }) => status);
    const outside = new URL(rig.studio.linkUrl());
    await desk.getByRole('button', { name: 'Paired devices' }).click();
    const devices = desk.getByRole('dialog', { name: 'Devices' });
    await devices.getByRole('button', { name: 'Keep other devices out' }).press('Enter');
    await devices.getByText('Only this machine can reach the studio.').waitFor();
    await assert.rejects(fetch(outside));
    const letIn = devices.getByRole('button', { name: 'Let paired devices in' });
    assert.ok(await letIn.evaluate((button) => button === document.activeElement), 'the focus is not lost');
    await letIn.press('Enter');
    await devices.getByRole('button', { name: 'Pair a device' }).waitFor();
    assert.equal(await reaches(), 401);
  });

  test('is paired by a link that another app or page leads to, and unpairs itself', async (t) => {
    const page = await visit(t, 'about:blank', phone, through);
    // A page of another site, such as a chat in the browser: the link leads away from it.
    await page.route('http://chat.example/', (route) =>
      route.fulfill({ contentType: 'text/html', body: `<a href="${link()}">Pair</a>` }),
    );
    await page.goto('http://chat.example/');
    await page.getByRole('link', { name: 'Pair' }).click();
    await page.getByRole('button', { name: 'Use it here' }).click();
    await page.waitForURL(new URL('/board', rig.studio.linkUrl()).href);

    // And unpairs itself, when it is to be used no more.
    await page.getByRole('button', { name: 'More' }).tap();
    await page.getByRole('button', { name: 'Paired devices' }).tap();
    const devices = page.getByRole('dialog', { name: 'Devices' });
    const own = devices.getByRole('listitem');
    await own.getByText('This device', { exact: true }).waitFor();
    assert.equal(await own.count(), 1, 'a phone sees no other');
    await devices.getByText('this device can no longer use the studio, until it scans a new code').waitFor();
    assert.equal(await devices.getByRole('button', { name: 'Pair a device' }).count(), 0);
    await own.getByRole('button', { name: 'Unpair this device' }).tap();
    await page.getByRole('heading', { name: 'This device is not paired' }).waitFor();
    await page.getByText('press Paired devices, then Pair a device').waitFor();
  });

  test('a form of another page pairs nothing, hides its origin in vain, and is answered with a page', async (t) => {
    const code = new URL(link()).searchParams.get('code') ?? '';
    const form = `<form method="post" action="${new URL('/pair', rig.studio.linkUrl())}"><input name="code" value="${code}"><button>Win</button></form>`;
    const hidden = '<meta name="referrer" content="no-referrer">';
    for (const [body, origin] of [
      [form, 'http://evil.example'],
      [hidden + form, 'null'],
    ] as const) {
      const page = await visit(t, 'about:blank', phone, through);
      await page.route('http://evil.example/', (route) => route.fulfill({ contentType: 'text/html', body }));
      await page.goto('http://evil.example/');
      const sent = page.waitForRequest((request) => request.method() === 'POST');
      await page.getByRole('button', { name: 'Win' }).click();
      assert.equal(await (await sent).headerValue('origin'), origin);
      await page.getByText('Another website may not use the studio.').waitFor();
      await page.getByRole('link', { name: 'Open the studio' }).click();
      await page.getByRole('heading', { name: 'This device is not paired' }).waitFor();
    }
  });

  test('a page too many is told to close some, and continues once one is closed', async (t) => {
    const streams = Array.from({ length: mostStreams }, () => new AbortController());
    t.after(() => {
      for (const stream of streams) stream.abort();
    });
    // Kept until the end: fetch closes the connection of an answer that has been collected as garbage.
    const answers: Response[] = [];
    for (const { signal } of streams) answers.push(await fetch(new URL('/api/events', rig.studio.url), { signal }));
    const page = await visit(t, new URL('/board', rig.studio.url));
    await page.getByRole('alert').getByText('Too many pages of the studio are open. Close some.').waitFor();
    streams[0]?.abort();
    await page.locator('.row').first().waitFor();
    assert.equal(await page.getByText('Too many pages').count(), 0);
    assert.ok(answers.every(({ status }) => status === 200));
  });
});
