import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Context } from '@temporalio/activity';
import { WorkflowFailedError } from '@temporalio/client';
import { type Stage, stages } from '../../src/domain/stages.ts';
import type { Activities } from '../../src/temporal/activity-types.ts';
import { findVideo } from '../../src/temporal/client/videos.ts';
import { publishedIds, type Rig, startRig, untilStage } from '../support/rig.ts';
import { smallMatch } from '../support/small-match.ts';

const gates: Partial<Record<keyof Activities, Stage>> = {
  prepareVideoActivity: 'PREPARING',
  rankThumbnailsActivity: 'RANKING',
  selectThumbnailActivity: 'SELECTING',
  enhanceThumbnailActivity: 'ENHANCING',
  uploadVideoActivity: 'UPLOADING',
  cleanupVideoActivity: 'CLEANING_UP',
};

describe('cancelling', () => {
  let rig: Rig;
  let held: Stage | undefined;
  before(async () => {
    rig = await startRig({ around: holdAt(() => held) });
  });
  after(() => rig.close());

  const underWay = stages.slice(0, stages.indexOf('COMPLETED'));
  for (const [index, stage] of underWay.entries()) {
    it(`ends a video in ${stage} within seconds and leaves the recording alone`, async () => {
      held = stage;
      const file = await smallMatch(path.join(rig.folder, 'input', `md_AzBvsCzD_${stage}.mov`), { seed: 200 + index });
      const waits = stage === 'WAITING_FOR_SELECTION';
      const policy = waits ? {} : ({ selectionPolicy: 'best', selectionTimeoutSeconds: 0.01 } as const);
      const handle = await rig.start(file, policy);
      await untilStage(handle, stage);
      await sleep(300);
      const asked = Date.now();
      await handle.cancel();
      await assert.rejects(handle.result(), WorkflowFailedError);
      assert.ok(Date.now() - asked < 4000, `it took ${Date.now() - asked} ms`);
      assert.equal((await handle.describe()).status.name, 'CANCELLED');
      const video = await findVideo(rig.client, handle.workflowId);
      assert.equal(video.stage, 'CANCELLED');
      assert.ok(existsSync(file));
      // What was already published when it was cancelled is still shown.
      assert.equal(video.watchUrl !== undefined, stage === 'CLEANING_UP');
    });
  }

  it('lets the same recording be started again, and publishes it once', async () => {
    held = undefined;
    const before = await publishedIds(rig);
    const file = path.join(rig.folder, 'input', 'md_AzBvsCzD_RANKING.mov');
    const handle = await rig.start(file, { selectionPolicy: 'best', selectionTimeoutSeconds: 0.01 });
    await handle.result();
    assert.equal((await publishedIds(rig)).length, before.length + 1);
  });
});

/** Holds the activity of one stage, like slow work, until it is cancelled; then calls the real one. */
function holdAt(stage: () => Stage | undefined) {
  return (activities: Activities): Activities => {
    const gated = Object.entries(activities).map(([name, activity]) => [
      name,
      async (...args: unknown[]) => {
        if (stage() !== undefined && gates[name as keyof Activities] === stage()) await heldUp();
        return (activity as (...args: unknown[]) => Promise<unknown>)(...args);
      },
    ]);
    return Object.fromEntries(gated) as Activities;
  };
}

async function heldUp(): Promise<void> {
  const context = Context.current();
  const pump = setInterval(() => context.heartbeat({ note: 'held' }), 200);
  try {
    await context.cancelled;
  } finally {
    clearInterval(pump);
  }
}
