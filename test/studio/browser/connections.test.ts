import assert from 'node:assert/strict';
import test, { after, before, describe } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { signOfLifeEvery } from '../../../src/studio/server/limits.ts';
import { type BadNetwork, startBadNetwork } from '../../support/bad-network.ts';
import { openBrowser } from '../../support/browser.ts';
import { type StudioRig, startStudioRig } from '../studio-rig.ts';

let rig: StudioRig;
let network: BadNetwork;

/** A browser without a screen shows all tabs at once; this gives each tab the state that a person's browser gives it. */
async function withTabs(context: BrowserContext): Promise<(shown: Page) => Promise<void>> {
  await context.addInitScript(() => {
    const tab = { state: 'hidden' };
    Object.defineProperty(document, 'visibilityState', { get: () => tab.state });
    Object.assign(globalThis, {
      setVisibility: (state: string) => {
        tab.state = state;
        document.dispatchEvent(new Event('visibilitychange'));
      },
    });
  });
  const set = (page: Page, state: string) =>
    page.evaluate((wanted) => {
      (globalThis as unknown as { setVisibility(state: string): void }).setVisibility(wanted);
    }, state);
  return async (shown) => {
    for (const page of context.pages()) await set(page, page === shown ? 'visible' : 'hidden');
  };
}

describe('connections of open pages', () => {
  before(async () => {
    rig = await startStudioRig({ studio: { aliveEvery: 400 } });
    network = await startBadNetwork(() => Number(new URL(rig.studio.url).port));
    await rig.waitingVideo('ms_AnvsBo_First.mov');
  });
  after(async () => {
    await network.close();
    await rig.close();
  });

  test('eight tabs: each is up to date when it is looked at, and none hangs', async (t) => {
    const browser = await openBrowser();
    t.after(() => browser.close());
    const context = await browser.newContext();
    const show = await withTabs(context);
    const pages: Page[] = [];
    for (let tab = 0; tab < 8; tab += 1) {
      const page = await context.newPage();
      pages.push(page);
      await page.goto(new URL('/board', rig.studio.url).href);
      await show(page);
      await page.getByRole('button', { name: 'All 1' }).waitFor({ timeout: 10_000 });
    }
    const id = await rig.waitingVideo('ms_AnvsBo_Second.mov');
    for (const page of pages) {
      await show(page);
      await page.getByRole('button', { name: 'All 2' }).waitFor({ timeout: 10_000 });
    }
    await rig.client.workflow.getHandle(id).terminate();
  });

  test('one hidden tab keeps its stream, so that it notifies and its title counts what waits', async (t) => {
    const browser = await openBrowser();
    t.after(() => browser.close());
    const context = await browser.newContext();
    const show = await withTabs(context);
    const streams = new Map<Page, number>();
    const pages = [await context.newPage(), await context.newPage(), await context.newPage()];
    for (const page of pages) {
      await page.addInitScript(() => {
        const open: EventSource[] = [];
        const Real = EventSource;
        class Counted extends Real {
          constructor(url: string) {
            super(url);
            open.push(this);
          }
        }
        Object.assign(globalThis, { EventSource: Counted, open });
      });
      await page.goto(new URL('/board', rig.studio.url).href);
      await show(page);
      await page.getByRole('button', { name: /^All/ }).waitFor();
    }
    const [first] = pages;
    assert.ok(first);
    await show(first);
    const openOn = (page: Page) =>
      page.evaluate(() => {
        const { open } = globalThis as unknown as { open: EventSource[] };
        return open.filter(({ readyState }) => readyState !== EventSource.CLOSED).length;
      });
    for (let look = 0; look < 100; look += 1, await first.waitForTimeout(50)) {
      for (const page of pages) streams.set(page, await openOn(page));
      if ([...streams.values()].reduce((sum, each) => sum + each, 0) === 2) break;
    }
    assert.equal(streams.get(first), 1, 'the tab that is looked at');
    assert.equal((streams.get(pages[1] as Page) ?? 0) + (streams.get(pages[2] as Page) ?? 0), 1, 'one of the others');
    const hidden = pages.find((page) => page !== first && streams.get(page) === 1);
    const id = await rig.waitingVideo('ms_AnvsBo_Third.mov');
    await hidden?.waitForFunction(() => document.title.startsWith('(2) '), undefined, { polling: 100 });
    await rig.client.workflow.getHandle(id).terminate();
  });

  test('a connection that is open but dead: the page says so, and recovers', async (t) => {
    const browser = await openBrowser();
    t.after(() => browser.close());
    const page = await browser.newPage();
    await page.goto(`http://localhost:${network.port}/board`);
    await page.getByRole('button', { name: /^All/ }).waitFor();
    network.freeze();
    await page.getByText('The studio does not answer').waitFor({ timeout: 5000 });
    network.thaw();
    await page.getByText('The studio does not answer').waitFor({ state: 'hidden' });
    assert.ok(signOfLifeEvery * 2.5 < 30_000, 'within half a minute where nothing is hurried');
  });
});
