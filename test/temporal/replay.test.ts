import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import path from 'node:path';
import { before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from '../../src/app/cache-folder.ts';
import { workflowBundle } from '../../src/temporal/bundle.ts';
import { readHistory, replay, replayAll } from '../../src/temporal/replay.ts';
import { temporaryFolder } from '../support/clean-up.ts';
import { changedWorkflow } from '../support/workflow-code.ts';

const folder = fileURLToPath(new URL('./histories/', import.meta.url));
/** `VERSION/KIND`: what each released version and the present one has recorded. */
const names = globSync('*/*.json{,.gz}', { cwd: folder }).sort();
const code = await workflowBundle(cacheFolder(process.env));
const read = (name: string) => readHistory(path.join(folder, name));
const steps = ['preparing', 'ranking', 'selecting', 'enhancing', 'sending', 'publishing', 'cleaning-up'];
const kindsOfEveryVersion = [
  ...['chosen-by-a-person', 'chosen-by-signal', 'foreign-and-chosen', 'best-after-a-time', 'cancelled-after-a-time'],
  ...['undone-and-chosen-again', 'corrected-while-parked', 'uploaded-early', 'slept-until-a-moment', 'host-away'],
  ...['parked-and-retried', 'cancelled', 'handed-over'].flatMap((kind) => steps.map((step) => `${kind}-at-${step}`)),
];
/** Before that, no run continued as a new one, and no video was revised. */
const kindsSince010 = ['continued-while-it-waits', 'continued-while-parked', 'revised', 'revision-put-back'].concat(
  ['refused', 'cancelled', 'slept-until-a-moment', 'handed-over', 'looked'].map((end) => `revision-${end}`),
);
const without = (name: string) => path.basename(name).replace(/\.json(\.gz)?$/, '');

const replayed = async (some: readonly string[], codePath: string) =>
  replayAll(new Map(await Promise.all(some.map(async (name) => [name, await read(name)] as const))), codePath);

/** A change that would break videos in progress fails here before it is merged. */
describe('replay of recorded histories', () => {
  for (const version of new Set(names.map(path.dirname))) {
    it(`has the kinds of ${version}`, () => {
      const kinds = names.filter((name) => path.dirname(name) === version).map(without);
      const expected = [...kindsOfEveryVersion, ...(version === 'before-0.1.0' ? [] : kindsSince010)];
      const missing = expected.filter((kind) => !kinds.includes(kind));
      assert.deepEqual(missing, []);
    });
  }

  it('has histories to replay', () => assert.ok(names.length > kindsOfEveryVersion.length));

  describe('with the present code', () => {
    let outcomes: Awaited<ReturnType<typeof replayed>>;
    before(async () => {
      outcomes = await replayed(names, code);
    });
    for (const name of names) {
      it(`still replays ${name}`, () => {
        assert.ok(outcomes.has(name), 'it was replayed');
        assert.equal(outcomes.get(name), undefined);
      });
    }
  });

  it('still replays every third of them where videos are traced', async () => {
    const some = names.filter((_, index) => index % 3 === 0);
    const outcomes = await replayed(some, await workflowBundle(cacheFolder(process.env), { isTraced: true }));
    assert.deepEqual([...outcomes.keys()].sort(), some);
    assert.deepEqual(
      [...outcomes].filter(([, difference]) => difference !== undefined),
      [],
    );
  });

  for (const later of [
    { corrections: { tournament: 'League' } },
    { corrections: 'wrong' },
    { choice: { best: true }, look: { template: 'sidebar' } },
    { choice: 'wrong' },
  ]) {
    it(`ignores ${JSON.stringify(later)} in the input of a run from before it could have any`, async () => {
      // Its input was checked, but not yet for these.
      const history: Json = await read('before-0.1.0/foreign-and-waiting.json');
      const [payload] = history.events[0].workflowExecutionStartedEventAttributes.input.payloads;
      const input = JSON.parse(Buffer.from(payload.data, 'base64').toString());
      payload.data = Buffer.from(JSON.stringify({ ...input, ...later })).toString('base64');
      assert.equal(await replay(history, code), undefined);
    });
  }

  it('notices a workflow that would now do something else', async (t) => {
    const from = 'if (prepared.published) return';
    const changed = await changedWorkflow(await temporaryFolder(t), 'temporal/workflows/process-video.ts', [
      [from, `await reading.prepareVideoActivity(state.videoPath, known);\n  ${from}`],
    ]);
    const outcomes = await replayed(
      names.filter((name) => without(name) === 'chosen-by-a-person'),
      changed,
    );
    assert.ok(outcomes.size > 0);
    for (const difference of outcomes.values()) assert.match(difference ?? 'It was followed.', /TMPRL1100/);
  });
});

// biome-ignore lint/suspicious/noExplicitAny: JSON as the server prints it.
type Json = any;
