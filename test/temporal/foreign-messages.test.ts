import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { WorkflowFailedError, type WorkflowHandle } from '@temporalio/client';
import type { Activities } from '../../src/temporal/activity-types.ts';
import { retryStage } from '../../src/temporal/client/control.ts';
import { describeVideo } from '../../src/temporal/client/progress.ts';
import { type Rig, startRig, statusOf, untilStage } from '../support/rig.ts';
import { smallMatch } from '../support/small-match.ts';

/** What a client in any language may send, by mistake or on purpose. */
const odd: readonly unknown[] = [
  null,
  [],
  'x',
  7,
  true,
  {},
  [[[[[[[[]]]]]]]],
  { videoPath: { toString: 1 } },
  { videoPath: null, selectedFrame: null },
  { videoPath: '/other.mov', selectedFrame: 'x'.repeat(1_200_000) },
  { videoPath: 'y'.repeat(1_200_000) },
  { frame: { toString: 1, valueOf: 2 } },
  { frame: 'z'.repeat(300_000) },
  { atSeconds: '1' },
  { best: 'yes' },
  { best: true, look: { template: '../../etc' } },
  { best: true, undoSeconds: 1e9 },
  { teams: 'x'.repeat(300_000) },
  { title: 7, description: {} },
  { sendAgain: 'perhaps' },
  JSON.parse(`{ "then": 1, "constructor": 2, "__proto__": { "polluted": true } }`),
];

describe('what foreign clients send', () => {
  let rig: Rig;
  let byHand: Partial<Record<keyof Activities, unknown>> = {};
  before(async () => {
    rig = await startRig({ around: (activities) => completedByHand(activities, () => byHand) });
  });
  after(() => rig.close());

  it('does not stop a video from answering, taking a choice and completing', async () => {
    const file = await smallMatch(path.join(rig.folder, 'input', 'ms_OddvsOdder.mov'), { seed: 950 });
    const handle = await rig.start(file, { topN: 2 });
    await untilStage(handle, 'WAITING_FOR_SELECTION');
    for (const value of odd) {
      await handle.signal('thumbnailSelectedSignal', value);
      for (const name of ['selectThumbnail', 'correctMatch', 'retryStage', 'undoSelection']) {
        // Either taken as nothing, like an empty correction, or refused; answered in any case.
        await handle.executeUpdate(name, { args: [value] as [unknown] }).catch((error: Error) => {
          assert.ok(String((error.cause as Error | undefined)?.message).length < 700);
        });
      }
      await handle.query('getStatusQuery', value);
    }
    for (const name of ['selectThumbnail', 'correctMatch', 'retryStage']) {
      await assert.rejects(handle.executeUpdate(name), `${name} without an argument`);
    }
    await handle.signal('thumbnailSelectedSignal');
    await handle.signal('aSignalThatNobodyKnows', { x: 1 });

    const status = await statusOf(handle);
    assert.equal(status.stage, 'WAITING_FOR_SELECTION');
    assert.equal(status.choice, undefined, 'nothing was chosen by any of it');
    assert.deepEqual(status.corrections, {}, 'nothing was corrected');
    assert.ok(status.warnings.length > 0 && status.warnings.length <= 10);
    assert.ok(status.warnings.every((warning) => warning.length <= 300));
    const { raw } = await handle.describe();
    const memoBytes = Object.values(raw.workflowExecutionInfo?.memo?.fields ?? {}).reduce(
      (sum, { data }) => sum + (data?.length ?? 0),
      0,
    );
    assert.ok(memoBytes < 40_000, `the memo has ${memoBytes} bytes; Temporal Cloud takes 40 kB`);

    await handle.signal('thumbnailSelectedSignal', { videoPath: file, selectedFrame: null, extra: 'ignored' });
    await handle.result();
  });

  const inputs: [object, RegExp][] = [
    [{}, /videoPath/],
    [{ selectionTimeoutSeconds: '1h', selectionPolicy: 'best' }, /selectionTimeoutSeconds/],
    [{ selectionPolicy: 'x' }, /selectionPolicy/],
    [{ hostId: 'h'.repeat(2000) }, /hostId/],
    [{ templateName: 7 }, /templateName/],
    [{ corrections: { matchType: 'xx' } }, /match type must be one of/],
    [{ videoPath: `/club/${'n'.repeat(3000)}.mov` }, /file name of videoPath/],
  ];
  for (const [index, [input, sentence]] of inputs.entries()) {
    it(`fails at once, naming the field, if it starts a video with ${JSON.stringify(input).slice(0, 50)}`, async () => {
      const args = index === 0 ? [input] : [{ videoPath: '/club/a.mov', ...input }];
      const options = { workflowId: `odd-input-${index}`, taskQueue: 'badminton', args };
      const handle: WorkflowHandle = await rig.client.workflow.start('processVideoWorkflow', options);
      await assert.rejects(handle.result(), (error) => {
        assert.ok(error instanceof WorkflowFailedError);
        assert.match((error.cause as Error).message, sentence);
        return true;
      });
      const { events } = await handle.fetchHistory();
      assert.ok(!events?.some(({ activityTaskScheduledEventAttributes: scheduled }) => scheduled), 'nothing was done');
    });
  }

  it('may contain null for absent, and unknown fields', async () => {
    const file = await smallMatch(path.join(rig.folder, 'input', 'ms_NullvsNone.mov'), { seed: 951 });
    const input = { videoPath: file, hostId: null, topN: null, selectionPolicy: null, newerField: [1] };
    const options = { workflowId: 'nulls', taskQueue: 'badminton', args: [input] };
    const handle = await rig.client.workflow.start('processVideoWorkflow', options);
    await untilStage(handle, 'WAITING_FOR_SELECTION');
    await handle.cancel();
  });

  for (const [index, activity] of (
    [
      'prepareVideoActivity',
      'rankThumbnailsActivity',
      'enhanceThumbnailActivity',
      'uploadVideoActivity',
      'cleanupVideoActivity',
    ] as const
  ).entries()) {
    it(`parks a video if ${activity} is completed by hand with something else, and a retry resumes it`, async () => {
      byHand = { [activity]: activity === 'cleanupVideoActivity' ? { movedTo: 7 } : {} };
      const file = await smallMatch(path.join(rig.folder, 'input', `ms_By${index}vsHand.mov`), { seed: 960 + index });
      const handle = await rig.start(file, { topN: 2, selectionPolicy: 'best', selectionTimeoutSeconds: 0.01 });
      const parked = await untilStage(handle, 'NEEDS_ATTENTION');
      assert.equal(parked.attention?.code, 'RESULT_INVALID');
      assert.match(parked.attention?.reason ?? '', new RegExp(activity));
      assert.equal((await describeVideo(rig.client, handle.workflowId)).stage, 'NEEDS_ATTENTION');
      byHand = {};
      await retryStage(rig.client, handle.workflowId);
      await handle.result();
    });
  }
});

/** Real activities, except for those that somebody completed with a different result. */
function completedByHand(
  activities: Activities,
  results: () => Partial<Record<keyof Activities, unknown>>,
): Activities {
  const wrapped = Object.entries(activities).map(([name, run]) => [
    name,
    async (...args: unknown[]) => {
      const given = results()[name as keyof Activities];
      return given ?? (run as (...args: unknown[]) => Promise<unknown>)(...args);
    },
  ]);
  return Object.fromEntries(wrapped) as Activities;
}
