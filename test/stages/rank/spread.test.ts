import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { spreadOut } from '../../../src/stages/rank/spread.ts';

const timesOf = (frames: readonly { time: number }[]) => frames.map(({ time }) => time);

describe('spreadOut', () => {
  it('takes the best, but not two of one moment', () => {
    const frames = [
      { time: 10, score: 0.9 },
      { time: 11, score: 0.89 },
      { time: 50, score: 0.5 },
      { time: 90, score: 0.4 },
      { time: 0, score: 0.1 },
      { time: 100, score: 0.1 },
    ];
    assert.deepEqual(timesOf(spreadOut(frames, 3)), [10, 50, 90]);
  });

  it('lets moments be closer in a recording that has no others', () => {
    const frames = [0, 1, 2, 3, 100].map((time) => ({ time, score: 1 / (time + 1) }));
    assert.deepEqual(timesOf(spreadOut(frames, 4)).sort(), [0, 1, 2, 3]);
  });

  it('takes all there are when more are asked for, and none of nothing', () => {
    const frames = [
      { time: 3, score: 0.2 },
      { time: 1, score: 0.7 },
    ];
    assert.deepEqual(timesOf(spreadOut(frames, 5)), [1, 3]);
    assert.deepEqual(spreadOut([], 5), []);
    assert.deepEqual(timesOf(spreadOut([{ time: 2, score: 0 }], 5)), [2]);
  });

  const frames = fc.uniqueArray(
    fc.record({
      time: fc.integer({ min: 0, max: 600_000 }).map((ms) => ms / 1000),
      score: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    { selector: ({ time }) => time, maxLength: 60 },
  );

  it('gives the count that was asked for, different frames, best first, and always the very best', () => {
    fc.assert(
      fc.property(frames, fc.integer({ min: 1, max: 50 }), (all, count) => {
        const picked = spreadOut(all, count);
        assert.equal(picked.length, Math.min(count, all.length));
        assert.equal(new Set(timesOf(picked)).size, picked.length);
        assert.deepEqual(
          picked,
          picked.toSorted((a, b) => b.score - a.score),
        );
        if (all.length > 0) assert.equal(picked[0]?.score, Math.max(...all.map(({ score }) => score)));
      }),
    );
  });

  it('keeps moments apart wherever the recording has room for them', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 10 }),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 100, maxLength: 100 }),
        (count, scores) => {
          const every = scores.map((score, time) => ({ time, score }));
          const times = timesOf(spreadOut(every, count)).sort((a, b) => a - b);
          const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
          assert.ok(Math.min(...gaps) >= 99 / (count * 2) / 2, `gaps ${gaps}`);
        },
      ),
    );
  });
});
