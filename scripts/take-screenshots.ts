// Takes the pictures of the studio in docs/images: each view at a desk, on tablets and on a phone, with drawn matches.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import { drawSampleMatch } from '../src/sample-match/index.ts';
import { startStudioRig } from '../test/studio/studio-rig.ts';
import { desk, openBrowser, phone } from '../test/support/browser.ts';
import { untilStage } from '../test/support/rig.ts';

const images = fileURLToPath(new URL('../docs/images/', import.meta.url));
const matches = [
  'md_KhanhzLeovsHuyzViet_Friendly Game.mov',
  'xd_Anh+MaivsBao+Lan_Tour of Saigon.mov',
  'ms_DenvsTu.mov',
  'wd_LinhzHoavsThuzTram_Club Night.mov',
];

const folder = mkdtempSync(path.join(tmpdir(), 'badminton-screenshots-'));
const rig = await startStudioRig({ settings: { BADMINTON_POSE: 'on', BADMINTON_HEARTBEAT_TIMEOUT: '60s' } });
try {
  const ids: string[] = [];
  for (const [number, name] of matches.entries()) {
    console.error(`Drawing ${name} …`);
    const file = path.join(folder, name);
    const creationTime = `2026-11-2${number}T19:30:00+07:00`;
    await drawSampleMatch(file, { seed: number + 1, seconds: 30, width: 1280, height: 720, creationTime });
    const handle = await rig.start(file);
    await untilStage(handle, 'WAITING_FOR_SELECTION', 300);
    ids.push(handle.workflowId);
  }
  const parked = path.join(folder, 'IMG_2041.mov');
  await drawSampleMatch(parked, {
    seed: 9,
    seconds: 6,
    width: 640,
    height: 360,
    creationTime: '2026-11-24T19:30:00+07:00',
  });
  await untilStage(await rig.start(parked), 'NEEDS_ATTENTION', 60);
  const [first = '', , , last = ''] = ids;
  await rig.api().videos[':id'].select.$post({ param: { id: last }, json: { best: true } });
  await untilStage(rig.client.workflow.getHandle(last), 'COMPLETED', 120);

  const browser = await openBrowser();
  // Today's phones; the tests use a smaller one.
  const handheld = { ...phone, viewport: { width: 390, height: 844 } };
  const tablet = { viewport: { width: 768, height: 1024 }, hasTouch: true };
  const lying = { viewport: { width: 1024, height: 768 }, hasTouch: true };
  for (const [device, options] of Object.entries({ desk, phone: handheld, tablet, 'tablet-lying': lying })) {
    const isTablet = device.startsWith('tablet');
    for (const colorScheme of isTablet ? (['light'] as const) : (['light', 'dark'] as const)) {
      const page = await (await browser.newContext({ ...options, colorScheme })).newPage();
      const shoot = (view: string) => save(page, `studio-${view}-${device}-${colorScheme}.webp`);
      await page.goto(new URL('/board', rig.studio.url).href);
      await page.locator('.row').nth(4).waitFor();
      await page.waitForTimeout(1500);
      await shoot('board');
      await page.goto(new URL(`/videos/${first}`, rig.studio.url).href);
      await page.locator('.preview img').waitFor();
      await page.waitForTimeout(1000);
      await shoot('choose');
      if (isTablet) continue;
      await page.goto(new URL('/published', rig.studio.url).href);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForTimeout(1000);
      if (colorScheme === 'light') await shoot('published');
      await page.goto(new URL('/settings', rig.studio.url).href);
      await page.getByText('Nobody is signed in.').waitFor();
      await page.waitForTimeout(1500);
      if (colorScheme === 'light') await shoot('settings');
      await page.goto(new URL('/first-start', rig.studio.url).href);
      await page.locator('.club-preview img').waitFor();
      await page.getByLabel('Club name').fill('Sun Badminton');
      await page.waitForTimeout(2000);
      if (colorScheme === 'light') await shoot('first-start');
      await page.goto(new URL(`/videos/${last}`, rig.studio.url).href);
      await page.getByText('Change the published video').click();
      await page.getByRole('button', { name: 'Review the change' }).waitFor();
      const form = page.locator('details', { hasText: 'Change the published video' });
      if (colorScheme === 'light') await save(form, `studio-revise-${device}-${colorScheme}.webp`);
      await page.goto(new URL(`/videos/${first}`, rig.studio.url).href);
      await page.locator('.preview img').waitFor();
      if (colorScheme === 'light' && device === 'desk') {
        await page.keyboard.press('p');
        await page.waitForTimeout(800);
        await shoot('compare');
      }
    }
  }
  await browser.close();
} finally {
  await rig.close();
  rmSync(folder, { recursive: true, force: true });
}

async function save(shown: Page | Locator, name: string): Promise<void> {
  await sharp(await shown.screenshot())
    .webp({ quality: 82 })
    .toFile(path.join(images, name));
  console.error(`docs/images/${name}`);
}
