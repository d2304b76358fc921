import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { groupCandidates } from '../../src/studio/groups.ts';

const candidate = (time: number, score: number, rally?: number) => ({ time, score, parts: { rally } });

test('frames of one rally are grouped together, best first, and the group with the best frame leads', () => {
  const groups = groupCandidates([
    candidate(10, 0.9, 1),
    candidate(50, 0.8, 3),
    candidate(12, 0.95, 1),
    candidate(55, 0.7, 3),
  ]);
  assert.deepEqual(
    groups.map(({ rally, candidates }) => [rally, candidates.map(({ time }) => time)]),
    [
      [1, [12, 10]],
      [3, [50, 55]],
    ],
  );
});

test('outside rallies only frames of the same moment are grouped together', () => {
  const groups = groupCandidates([candidate(10, 0.9), candidate(14, 0.8), candidate(40, 0.7)]);
  assert.deepEqual(
    groups.map(({ candidates }) => candidates.map(({ time }) => time)),
    [[10, 14], [40]],
  );
});

test('each candidate is in one group', () => {
  const any = fc.record({
    time: fc.double({ min: 0, max: 600, noNaN: true }),
    score: fc.double({ min: 0, max: 1, noNaN: true }),
    parts: fc.record({ rally: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }) }),
  });
  fc.assert(
    fc.property(fc.array(any, { maxLength: 12 }), (candidates) => {
      const grouped = groupCandidates(candidates).flatMap((group) => group.candidates);
      assert.equal(grouped.length, candidates.length);
      assert.deepEqual(new Set(grouped), new Set(candidates));
    }),
  );
});
