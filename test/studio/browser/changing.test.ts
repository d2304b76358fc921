import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import test, { after, before, describe } from 'node:test';
import { Context } from '@temporalio/activity';
import type { Page } from 'playwright-core';
import { selectionRecord } from '../../../src/stages/records.ts';
import { announcePublishing } from '../../../src/temporal/activities/announce-publishing.ts';
import { statusOf, untilStage } from '../../support/rig.ts';
import { type StudioRig, startStudioRig } from '../studio-rig.ts';
import { audit } from './audit.ts';
import { currentFrame, deskReady, hurry, visit } from './visit.ts';

let rig: StudioRig;
/** Publishing waits for it, and tells the video that it has begun if told to. */
let lane: { readonly begins: boolean; readonly open: Promise<void> } | undefined;
const handle = (id: string) => rig.client.workflow.getHandle(id);
const board = () => new URL('/board', rig.studio.url);
const rowOf = (page: Page, name: string) => page.locator('.row', { hasText: name });

describe('changing a choice in the browser', () => {
  before(async () => {
    rig = await startStudioRig({
      around: (activities) => ({
        ...activities,
        async uploadVideoActivity(videoPath, corrections, order) {
          const context = Context.current();
          const alive = setInterval(() => context.heartbeat(), 300);
          try {
            if (!order?.sendOnly && lane) {
              if (lane.begins) await announcePublishing(context);
              await Promise.race([lane.open, context.cancelled]);
            }
          } finally {
            clearInterval(alive);
          }
          return activities.uploadVideoActivity(videoPath, corrections, order);
        },
      }),
    });
  });
  after(() => rig.close());

  test('a person changes the choice from the list while the video waits to be published', async (t) => {
    const way = Promise.withResolvers<void>();
    lane = { begins: false, open: way.promise };
    const id = await rig.waitingVideo('ms_ChangvsEng.mov');
    const { candidates = [] } = await statusOf(handle(id));
    await rig.api().videos[':id'].select.$post({ param: { id }, json: { best: true } });
    await untilStage(handle(id), 'UPLOADING');
    const page = await visit(t, board());
    await rowOf(page, 'Chang vs Eng').getByRole('button', { name: 'Change' }).click();
    await page.getByText('it replaces the one chosen before').waitFor();
    await deskReady(page);
    assert.deepEqual(await audit(page, 'Choose this', false), []);
    await page.getByRole('button', { name: 'Keep the first choice' }).click();
    await page.getByRole('button', { name: 'Choose this' }).waitFor({ state: 'hidden' });

    await page.getByRole('button', { name: 'Change' }).click();
    await deskReady(page);
    await page.keyboard.press('3');
    assert.equal(await currentFrame(page), '3');
    await hurry(page);
    const wanted = await page.locator('.tile[aria-pressed=true] img').getAttribute('src');
    await page.keyboard.press('s');
    await page.waitForURL('**/board');
    await page.getByText('Chosen: Chang vs Eng').waitFor();
    way.resolve();
    await untilStage(handle(id), 'COMPLETED', 40);
    const file = path.join(rig.folder, 'workspaces', id, selectionRecord.file);
    const { frame } = JSON.parse(readFileSync(file, 'utf8'));
    assert.notEqual(frame, candidates[0]?.frame);
    assert.ok(wanted?.includes(frame), `${frame} is what was shown: ${wanted}`);
  });

  test('of a choice that is changed too late the workflow says so, in its words', async (t) => {
    const way = Promise.withResolvers<void>();
    const id = await rig.waitingVideo('ms_LatevsSoon.mov');
    lane = { begins: false, open: way.promise };
    await rig.api().videos[':id'].select.$post({ param: { id }, json: { best: true } });
    await untilStage(handle(id), 'UPLOADING');
    const page = await visit(t, new URL(`/videos/${id}`, rig.studio.url));
    await page.getByRole('button', { name: 'Change' }).click();
    await deskReady(page);
    // Somebody else changes it first, and that choice begins to be published.
    lane = { begins: true, open: way.promise };
    await rig.api().videos[':id'].select.$post({ param: { id }, json: { best: true } });
    await page.getByText('Publishing has begun, so it is too late').waitFor();
    await page.getByRole('button', { name: 'Choose this' }).click();
    await page.getByText(/Not chosen: Late vs Soon.*too late to choose another frame/).waitFor();
    way.resolve();
    await untilStage(handle(id), 'COMPLETED', 40);
  });
});
