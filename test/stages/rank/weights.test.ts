import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fitWeights, type Lesson } from '../../../bench/fit-weights.ts';
import { splitsOf } from '../../../bench/halves.ts';
import { ndcgOfRaters } from '../../../bench/rated-frames.ts';
import { measures } from '../../../src/stages/rank/posture.ts';

const lesson = (stance: number, lean: number, knees: number, reach: number, rating: number): Lesson => {
  return { posture: { stance, lean, knees, reach }, rating, count: 1 };
};

describe('fitWeights', () => {
  it('gives more weight to what predicts the ratings, and stays near the middle with little to learn from', () => {
    const rows = [-2, -1, 0, 1, 2].flatMap((a) => [-2, -1, 0, 1, 2].map((b) => [a, b] as const));
    const teach = (times: number) =>
      fitWeights(rows.map(([a, b], nth) => ({ ...lesson(0, a, b, 0, 3 * a + b + ((nth * nth) % 7)), count: times })));
    const [little, much] = [teach(0.2), teach(20)];
    assert.ok(much.lean > much.knees);
    assert.equal(much.lean, 0.75);
    assert.equal(much.knees, 0.25);
    assert.ok(little.lean - little.knees < much.lean - much.knees);
    assert.deepEqual(fitWeights([]), { stance: 1, lean: 0.5, knees: 0.5, reach: 0.25 });
    assert.deepEqual(Object.keys(much), [...measures]);
  });
});

describe('splitsOf', () => {
  it('distributes all frames and variants, none to both sides, neighbours together', () => {
    const splits = splitsOf(42, 24, 5);
    assert.equal(splits.length, 10);
    assert.deepEqual(splits, splitsOf(42, 24, 5));
    for (const { learnt, judged } of splits) {
      for (const kind of ['frames', 'variants'] as const) {
        const all = [...learnt[kind], ...judged[kind]].sort((a, b) => a - b);
        assert.deepEqual(all, [...Array(kind === 'frames' ? 42 : 24).keys()]);
      }
      for (const index of learnt.frames)
        assert.ok(!judged.frames.some((other) => ((other / 3) | 0) === ((index / 3) | 0)));
    }
    assert.equal(new Set(splits.map(({ learnt }) => learnt.frames.join())).size, 10);
  });
});

describe('ndcgOfRaters', () => {
  const rated = (...raters: number[]) => ({ file: '', rating: 0, raters });

  it('is 1 for raters who agree, and less for one who reverses the order', () => {
    const frames = [1, 2, 3, 4, 5, 6, 7, 8].map((value) => rated(value, value, 9 - value));
    const [first = 0, , third = 0] = ndcgOfRaters(frames);
    assert.ok(third < first);
    assert.deepEqual(ndcgOfRaters([1, 2, 3, 4, 5, 6].map((value) => rated(value, value, value))), [1, 1, 1]);
  });
});
