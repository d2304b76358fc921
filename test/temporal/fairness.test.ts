import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Context } from '@temporalio/activity';
import { selectThumbnail } from '../../src/temporal/client/control.ts';
import { describeVideo } from '../../src/temporal/client/progress.ts';
import type { VideoPriority, VideoResult } from '../../src/temporal/names.ts';
import { type Rig, startRig, statusOf, until, untilStage } from '../support/rig.ts';
import { smallMatch } from '../support/small-match.ts';

/** Long work that is held until it is let go, and what has begun, in its order. */
interface Held {
  readonly names: Set<string>;
  readonly begun: string[];
  letGo(): void;
}

function holding(): Held & { wait(videoPath: string): Promise<void> } {
  const names = new Set<string>();
  const begun: string[] = [];
  const open = Promise.withResolvers<void>();
  return {
    names,
    begun,
    letGo: open.resolve,
    async wait(videoPath) {
      const name = path.parse(videoPath).name;
      begun.push(name);
      if (!names.has(name)) return;
      const context = Context.current();
      const alive = setInterval(() => context.heartbeat(), 300);
      await Promise.race([open.promise, context.cancelled]).finally(() => clearInterval(alive));
    },
  };
}

describe('a machine that does one thing at a time, on a real server', () => {
  let rig: Rig;
  let seed = 2310;
  const rankings = holding();
  const earlyUploads = holding();
  before(async () => {
    rig = await startRig({
      settings: {
        BADMINTON_UPLOAD_EARLY: 'on',
        BADMINTON_UPLOAD_CONCURRENCY: '1',
        BADMINTON_CPU_CONCURRENCY: '1',
      },
      around: (activities) => ({
        ...activities,
        async rankThumbnailsActivity(...args) {
          await rankings.wait(args[0]);
          return activities.rankThumbnailsActivity(...args);
        },
        async uploadVideoActivity(...args) {
          if (args[2]?.early) await earlyUploads.wait(args[0]);
          return activities.uploadVideoActivity(...args);
        },
      }),
    });
  });
  after(async () => {
    rankings.letGo();
    earlyUploads.letGo();
    await rig.close();
  });

  const start = async (name: string, priority?: VideoPriority, day?: string) =>
    rig.start(await smallMatch(path.join(rig.folder, 'input', `${name}.mov`), { seed: seed++, ...(day && { day }) }), {
      ...{ topN: 2 },
      ...(priority && { priority }),
    });

  it('publishes a chosen video while another is ranked and another is uploaded early', async () => {
    earlyUploads.names.add('ms_SentvsEarly');
    rankings.names.add('ms_BeingvsRanked');
    const sent = await start('ms_SentvsEarly');
    await untilStage(sent, 'WAITING_FOR_SELECTION');
    const chosen = await start('ms_ChosenvsVideo');
    await untilStage(chosen, 'WAITING_FOR_SELECTION');
    const ranked = await start('ms_BeingvsRanked');
    await until(ranked, () => rankings.begun.includes('ms_BeingvsRanked'), 'the ranking that is held');

    await selectThumbnail(rig.client, chosen.workflowId, { best: true });
    const { stage }: VideoResult = await chosen.result();
    assert.equal(stage, 'COMPLETED');
    assert.deepEqual(earlyUploads.begun, ['ms_SentvsEarly'], 'the place for early uploads is still taken');
    const { stage: shown, step } = await describeVideo(rig.client, ranked.workflowId);
    assert.equal(shown, 'RANKING');
    assert.equal(step?.activity, 'rankThumbnailsActivity', 'not the early upload that waits beside it');
    const { warnings } = await statusOf(chosen);
    assert.deepEqual(
      warnings.filter((warning) => warning.includes('early')),
      [],
    );
  });

  it('ranks videos in the order of their priorities, and those of one priority by turns of their days', async () => {
    const others: readonly [string, VideoPriority?, string?][] = [
      ['ms_LowvsOne', 'low'],
      ['ms_UsualvsOne', 'normal', '2026-11-20'],
      ['ms_UsualvsTwo', 'normal', '2026-11-20'],
      ['ms_UsualvsThree', 'normal', '2026-11-20'],
      ['ms_NextvsDay', 'normal', '2026-11-22'],
      ['ms_HighvsOne', 'high'],
    ];
    const handles = [];
    for (const [name, priority, day] of others) {
      const handle = await start(name, priority, day);
      // Its ranking waits for its turn.
      await untilStage(handle, 'RANKING');
      handles.push(handle);
    }
    const before = rankings.begun.length;
    rankings.letGo();
    for (const handle of handles) await untilStage(handle, 'WAITING_FOR_SELECTION');
    const order = rankings.begun.slice(before);
    assert.deepEqual([order[0], order.at(-1)], ['ms_HighvsOne', 'ms_LowvsOne'], order.join());
    assert.ok(order.indexOf('ms_NextvsDay') < order.indexOf('ms_UsualvsTwo'), order.join());
  });
});
