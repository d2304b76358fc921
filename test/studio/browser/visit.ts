import { after, type TestContext } from 'node:test';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { desk, openBrowser } from '../../support/browser.ts';

export { desk, phone } from '../../support/browser.ts';

/** Shared by the tests of one file: each page is in a context of its own, which knows nothing of the others. */
let shared: Promise<Browser> | undefined;
after(async () => (await shared)?.close());

/**
 * A page at an address of the studio, as in a browser of its own; what it throws fails the test.
 * @param through a command that runs the browser's own
 */
export async function visit(
  t: TestContext,
  address: string | URL,
  options: BrowserContextOptions = desk,
  through: readonly string[] = [],
): Promise<Page> {
  const isOwn = through.length > 0;
  if (!isOwn) shared ??= openBrowser();
  const browser = await (isOwn ? openBrowser(through) : (shared as Promise<Browser>));
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const thrown: Error[] = [];
  page.on('pageerror', (error) => thrown.push(error));
  t.after(async () => {
    await (isOwn ? browser : context).close();
    if (thrown[0]) throw thrown[0];
  });
  await page.goto(String(address));
  return page;
}

/** Number of the current frame, from 1. */
export const currentFrame = (page: Page) => page.locator('.tile[aria-pressed=true] .tile-number').textContent();

/** The choice desk is there with its picture and its thumbnail, for long enough that a press counts. */
export async function deskReady(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const picture = document.querySelector<HTMLImageElement>('.large-picture');
    const desk = document.querySelector<HTMLElement>('.desk');
    const isSeen = !desk || performance.now() - Number(desk.dataset.seenSince) > 400;
    return isSeen && picture?.complete && picture.naturalWidth > 0;
  });
  await page.locator('.preview img').waitFor();
}

/** Holds back the answers to such requests, until the function returned is called. */
export async function withhold(page: Page, pattern: string): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  // A request that the page has given up meanwhile cannot continue.
  await page.route(pattern, (route) => promise.then(() => route.continue()).catch(() => {}));
  return resolve;
}

/** What the page chooses from now on is carried out after a second: the time to undo is not what is tested. */
export const hurry = (page: Page) =>
  page.route('**/select', (route) =>
    route.continue({ postData: JSON.stringify({ ...route.request().postDataJSON(), undoSeconds: 1 }) }),
  );
