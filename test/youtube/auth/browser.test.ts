import assert from 'node:assert/strict';
import { test } from 'node:test';
import chromium from '@sparticuz/chromium';
import { chromium as playwright } from 'playwright-core';
import { startLocalYouTube } from '../../../src/local-youtube/local-youtube.ts';
import { signIn } from '../../../src/youtube/auth.ts';
import { atEnd, temporaryFolder } from '../../support/clean-up.ts';
import { clientOf } from './consent.ts';

test('a person grants access in a browser, which then shows that it worked', {
  skip: process.platform === 'linux' && process.arch === 'x64' ? false : 'the packaged browser is for Linux x64',
}, async (t) => {
  const server = await startLocalYouTube({ folder: await temporaryFolder(t) });
  atEnd(t, () => server.close());
  const browser = await playwright.launch({ executablePath: await chromium.executablePath(), args: chromium.args });
  atEnd(t, () => browser.close());
  const page = await browser.newPage();
  let seen: Promise<string | null> = Promise.resolve(null);
  const click = async (address: string) => {
    await page.goto(address);
    await page.getByRole('button', { name: 'Allow' }).click();
    await page.waitForURL(/^http:\/\/127\.0\.0\.1:\d+\/\?/);
    return page.textContent('h1');
  };
  const granted = await signIn({
    client: clientOf(server.url),
    signal: new AbortController().signal,
    timeoutMs: 60_000,
    onAddress: (address) => {
      seen = click(address);
    },
    onUseless: assert.fail,
  });
  assert.equal(await seen, 'Signed in');
  assert.match(granted.refresh_token, /^1\/\//);
});
