import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { planOf } from '../../bench/kill-matrix/plan.ts';
import { points } from '../../bench/kill-matrix/points.ts';
import { runOne } from '../../bench/kill-matrix/runner.ts';
import { tableOf } from '../../bench/kill-matrix/table.ts';
import { temporaryFolder } from '../support/clean-up.ts';

const unsupported = process.platform === 'linux' ? false : 'processes are seen in /proc';

/** The short form of `npm run chaos`. */
test('publishes each recording once and leaves nothing behind when everything is killed', {
  skip: unsupported,
}, async (t) => {
  const folder = path.join(await temporaryFolder(t), 'run');
  const outcome = await runOne({ seed: 1, run: 4, folder, patience: 90 });
  assert.equal(outcome?.kind, 'kill all');
  assert.deepEqual(outcome?.problems, []);
  assert.equal(outcome?.published, outcome?.videos);
  assert.ok(outcome?.hasHappened, 'it was killed in time');
});

test('the plan of a run is the same every time, and 200 runs try every named point', () => {
  const plans = Array.from({ length: 200 }, (_, index) => planOf(3, index + 1));
  assert.deepEqual(planOf(3, 57), plans[56]);
  assert.equal(new Set(plans.map(({ trouble }) => trouble.kind)).size, 7);
  const tried = plans.flatMap(({ trouble: { at } }) => (typeof at === 'object' && 'point' in at ? [at.point] : []));
  assert.deepEqual(
    points.filter((point) => !tried.includes(point)),
    [],
  );
});

test('the table counts by trouble', () => {
  const nothing = { parked: [], rests: [], events: [], problems: [], what: '', hasHappened: true, seconds: 1 };
  const one = { ...nothing, run: 1, kind: 'stop', videos: 2, published: 2, lost: 0, doubled: 0 };
  const other = { ...one, run: 2, kind: 'removed', parked: ['FILE_MISSING'], published: 1, lost: 1 };
  const [, ...rows] = tableOf([one, other])
    .split('\n')
    .map((line) => line.split(/ {2,}/));
  assert.deepEqual(rows, [
    ['removed', '1', '0', '2', '1', '1 FILE_MISSING', '1', '0', '0'],
    ['stop', '1', '0', '2', '2', '0', '0', '0', '0'],
    ['all', '2', '0', '4', '3', '1 FILE_MISSING', '1', '0', '0'],
  ]);
});
