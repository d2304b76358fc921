import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { findRallies, type Liveliness } from '../../../src/stages/rank/rallies.ts';

/** One moment per second: play where `plays` says so, with a ripple added. */
function curveOf(seconds: number, plays: (second: number) => boolean, step = 1): Liveliness[] {
  return Array.from({ length: seconds / step }, (_, index) => {
    const time = index * step;
    return { time, value: (plays(time) ? 8 : 2) + Math.sin(time * 1.7) };
  });
}

const spans = (curve: readonly Liveliness[]) => findRallies(curve).rallies.map(({ start, end }) => [start, end]);

describe('findRallies', () => {
  it('finds each rally with its beginning, end and intensity', () => {
    const curve = curveOf(90, (second) => second % 30 >= 10);
    assert.deepEqual(spans(curve), [
      [10, 29],
      [40, 59],
      [70, 89],
    ]);
    const twice = curve.map(({ time, value = 0 }) => ({ time, value: value * (time > 35 && time < 65 ? 1.5 : 1) }));
    const [first, second] = findRallies(twice).rallies;
    assert.ok(first && second && second.intensity > first.intensity * 1.3);
  });

  it('does not end a rally at a lull, nor begin one at a short stir', () => {
    const lulls = curveOf(80, (second) => second > 20 && second < 60 && second !== 35 && second !== 36);
    assert.deepEqual(spans(lulls), [[21, 59]]);
    const stirs = curveOf(80, (second) => (second > 20 && second < 50) || second === 65 || second === 66);
    assert.deepEqual(spans(stirs), [[21, 49]]);
  });

  it('stays in a rally between the two thresholds', () => {
    const curve = curveOf(60, (second) => second >= 20 && second < 40).map(({ time, value = 0 }) => ({
      time,
      value: time >= 28 && time < 34 ? 4.6 : value,
    }));
    assert.deepEqual(spans(curve), [[20, 39]]);
  });

  it('knows nothing about what happens behind a covered view', () => {
    const curve = curveOf(60, (second) => second >= 10 && second < 50).map(({ time, value }) => ({
      time,
      value: time > 25 && time < 35 ? undefined : value,
    }));
    assert.deepEqual(spans(curve), [
      [10, 25],
      [35, 49],
    ]);
  });

  it('finds none when nothing pauses, when looks are far apart, or in too short a clip, and says why', () => {
    assert.match(findRallies(curveOf(120, () => true)).none ?? '', /does not separate/);
    assert.match(findRallies(curveOf(400, (second) => second % 80 < 40, 8)).none ?? '', /too far apart/);
    assert.match(findRallies(curveOf(5, (second) => second < 3)).none ?? '', /too short/);
    assert.match(
      findRallies(curveOf(30, () => false).map(({ time }) => ({ time, value: 0 }))).none ?? '',
      /not separate/,
    );
    assert.deepEqual(findRallies([]).rallies, []);
  });

  it('gives ordered, separate rallies within the recording, whatever the curve and its unit', () => {
    const values = fc.array(fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }), {
      maxLength: 80,
    });
    fc.assert(
      fc.property(values, (drawn) => {
        const { rallies, none } = findRallies(drawn.map((value, time) => ({ time, value })));
        assert.equal(none === undefined, rallies.length > 0);
        let last = -4;
        for (const { start, end } of rallies) {
          assert.ok(start > last + 3 && end - start >= 4 && end < drawn.length);
          last = end;
        }
      }),
    );
  });
});
