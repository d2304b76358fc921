import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { differentMoments, looksAlike, type Moment } from '../../../src/stages/rank/different-moments.ts';
import { foregroundOf } from '../../../src/stages/rank/foreground.ts';
import { type Blob, background, look } from './drawn-looks.ts';

/** By default every moment has a player in a different place. */
function moment(time: number, score: number, { x = Math.round(time * 13) % 90, clear = 1 } = {}): Moment {
  const player: Blob = { x, y: 20 + (Math.round(time) % 5) * 4, width: 8, height: 16 };
  const seen = look(time, player);
  return { time, score, clear, look: seen, foreground: foregroundOf(seen, background()) };
}

const timesOf = (moments: readonly Moment[]) => moments.map(({ time }) => time);

describe('differentMoments', () => {
  it('takes the best, but not two of the same moment', () => {
    const moments = [moment(100, 0.9), moment(100.5, 0.89), moment(500, 0.5), moment(900, 0.4), moment(0, 0.1)];
    assert.deepEqual(timesOf(differentMoments(moments, 3)), [100, 500, 900]);
  });

  it('takes no second picture of players who have not moved, however much later', () => {
    const moments = [moment(10, 0.9, { x: 30 }), moment(60, 0.8, { x: 30 }), moment(95, 0.3)];
    assert.deepEqual(timesOf(differentMoments(moments, 2)), [10, 95]);
  });

  it('takes covered views only when nothing clear is left', () => {
    const moments = [moment(3, 0.9), moment(4, 0.8), moment(50, 0.85, { clear: 0 }), moment(90, 0.1)];
    assert.deepEqual(timesOf(differentMoments(moments, 3)), [3, 4, 90]);
    assert.deepEqual(timesOf(differentMoments(moments, 4)), [3, 50, 4, 90]);
  });

  it('takes similar pictures rather than too few, and none from nothing', () => {
    const same = [1, 2, 3].map((time) => moment(time, time / 10, { x: 20 }));
    assert.equal(differentMoments(same, 3).length, 3);
    assert.equal(differentMoments(same, 9).length, 3);
    assert.deepEqual(differentMoments([], 5), []);
  });

  it('gives the requested number of different frames, best first, including the best clear one', () => {
    const all = fc.uniqueArray(
      fc.record({ time: fc.integer({ min: 0, max: 4000 }), score: fc.double({ min: 0, max: 1, noNaN: true }) }),
      { selector: ({ time }) => time, maxLength: 20 },
    );
    fc.assert(
      fc.property(all, fc.integer({ min: 1, max: 12 }), (drawn, count) => {
        const moments = drawn.map(({ time, score }) => moment(time, score));
        const picked = differentMoments(moments, count);
        assert.equal(picked.length, Math.min(count, moments.length));
        assert.equal(new Set(timesOf(picked)).size, picked.length);
        assert.deepEqual(
          picked.map(({ score }) => score),
          picked.map(({ score }) => score).sort((a, b) => b - a),
        );
        assert.equal(picked[0]?.score, moments.length > 0 ? Math.max(...drawn.map(({ score }) => score)) : undefined);
      }),
      { numRuns: 40 },
    );
  });
});

describe('looksAlike', () => {
  it('notices players who moved, and ignores noise', () => {
    assert.ok(looksAlike(moment(0, 0, { x: 20 }), moment(50, 0, { x: 20 })));
    assert.ok(!looksAlike(moment(0, 0, { x: 20 }), moment(50, 0, { x: 60 })));
  });
});
