import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import test, { after, before, describe } from 'node:test';
import type { Page } from 'playwright-core';
import { rehearsalClient } from '../../../src/local-youtube/oauth-client.ts';
import { untilStage } from '../../support/rig.ts';
import { decide } from '../../youtube/auth/consent.ts';
import { type StudioRig, startStudioRig } from '../studio-rig.ts';
import { audit } from './audit.ts';
import { phone, visit } from './visit.ts';

let rig: StudioRig;
const settings = () => new URL('/settings', rig.studio.url);
const account = (page: Page) => page.getByRole('region', { name: 'YouTube account' });
const tokens = () => path.join(rig.folder, 'youtube-credentials.json');
const json = (name: string, value: object) => ({
  name,
  mimeType: 'application/json',
  buffer: Buffer.from(JSON.stringify(value)),
});

describe('signing in to YouTube on the page', () => {
  before(async () => {
    rig = await startStudioRig({ settings: { BADMINTON_PUBLISH_TARGET: 'youtube' } });
  });
  after(() => rig.close());

  test('a person drops the wrong file, then the right one, signs in, and signs out', async (t) => {
    const page = await visit(t, settings());
    const box = account(page);
    await box.getByText('Nobody is signed in.').waitFor();
    await box.getByText('enable “YouTube Data API v3”').waitFor();
    for (const scheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: scheme });
      assert.deepEqual(await audit(page, undefined, false), []);
    }
    await page.getByLabel('The program’s client file').setInputFiles(json('web.json', { web: {} }));
    await box.getByText('a client of type Web application; a Desktop app is needed').waitFor();
    const endpoints = { auth_uri: `${rig.youtube.url}o/oauth2/v2/auth`, token_uri: `${rig.youtube.url}token` };
    const installed = {
      client_id: rehearsalClient.clientId,
      client_secret: rehearsalClient.clientSecret,
      ...endpoints,
    };
    // Anywhere on the page.
    await page.evaluate((text) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([text], 'client.json', { type: 'application/json' }));
      for (const type of ['dragover', 'drop'])
        document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
    }, JSON.stringify({ installed }));

    await box.getByRole('button', { name: 'Sign in' }).click();
    const goOn = box.getByRole('link', { name: 'Continue at Google' });
    const opened = page.waitForEvent('popup');
    await goOn.click();
    const google = await opened;
    await google.locator('button[value=allow]').click();
    await google.getByRole('heading', { name: 'Signed in' }).waitFor();
    assert.match((await google.locator('p').textContent()) ?? '', /the studio says what happens next/);
    await box.getByText('Signed in as the channel “Rehearsal channel”.').waitFor();
    assert.equal(statSync(tokens()).mode & 0o777, 0o600);
    const { refresh_token, access_token } = JSON.parse(readFileSync(tokens(), 'utf8'));
    const shown = await (await fetch(new URL('/api/youtube', rig.studio.url))).text();
    for (const secret of [refresh_token, access_token, rehearsalClient.clientSecret])
      assert.ok(!shown.includes(secret));

    await box.getByRole('button', { name: 'Sign out' }).click();
    await box.getByRole('button', { name: 'Stay signed in' }).click();
    await box.getByRole('button', { name: 'Sign out' }).click();
    await box.getByRole('button', { name: 'Really sign out' }).click();
    await box.getByText('Nobody is signed in.').waitFor();
    assert.throws(() => statSync(tokens()));
  });

  test('a match that cannot be published says so on every page, and leads to the sign-in', async (t) => {
    const id = await rig.waitingVideo('ms_DeadvsEnd.mov');
    await rig.api().videos[':id'].select.$post({ param: { id }, json: { best: true } });
    await untilStage(rig.client.workflow.getHandle(id), 'NEEDS_ATTENTION', 60);
    const page = await visit(t, new URL('/board', rig.studio.url));
    const notice = page.getByRole('alert').filter({ hasText: 'A match waits for a new sign-in to YouTube.' });
    await notice.waitFor();
    await page.goto(String(new URL(`/videos/${id}`, rig.studio.url)));
    await notice.getByRole('button', { name: 'Sign in' }).click();
    await account(page).getByRole('button', { name: 'Sign in' }).click();
    const href = await account(page).getByRole('link', { name: 'Continue at Google' }).getAttribute('href');
    await fetch(await decide(href ?? ''));
    await account(page).getByText('Signed in as the channel').waitFor();
    await rig.client.workflow.getHandle(id).executeUpdate('retryStage');
    await untilStage(rig.client.workflow.getHandle(id), 'COMPLETED', 60);
    await notice.waitFor({ state: 'hidden' });
  });

  test('on a phone: an address of another sign-in is of no use, the right one is taken; refusing is said', async (t) => {
    const page = await visit(t, settings(), phone);
    const box = account(page);
    await box.getByRole('button', { name: 'Sign in' }).click();
    const goOn = box.getByRole('link', { name: 'Continue at Google' });
    const address = (await goOn.getAttribute('href')) ?? '';
    assert.deepEqual(await audit(page, 'Continue at Google', true), []);
    const paste = async (text: string) => {
      await page.getByLabel('Address where it ended').fill(text);
      await box.getByRole('button', { name: 'Use this address' }).click();
    };
    await paste('http://127.0.0.1:1/?state=other&code=x');
    await box.getByText('The answer does not belong to this sign-in.').waitFor();
    await paste(await decide(address));
    await box.getByText('Signed in as the channel “Rehearsal channel”.').waitFor();
    await box.getByRole('button', { name: 'Sign in again' }).click();
    await paste(await decide((await goOn.getAttribute('href')) ?? '', 'deny'));
    await box.getByText('The sign-in was refused in the browser.').waitFor();
    await box.getByText('Signed in as the channel “Rehearsal channel”.').waitFor();
    await box.getByRole('button', { name: 'Sign in again' }).click();
    await box.getByRole('button', { name: 'Stop' }).click();
    await box.getByRole('button', { name: 'Sign in again' }).waitFor();
  });
});
