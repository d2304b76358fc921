import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fits, quotaDay, quotaReset, turnOf } from '../../src/domain/quota.ts';

const at = (iso: string) => Date.parse(iso);
const reset = (iso: string, resets?: number) => new Date(quotaReset(at(iso), resets)).toISOString();

test('the quota resets at midnight in Los Angeles, in summer and in winter', () => {
  assert.equal(reset('2026-01-15T12:00:00Z'), '2026-01-16T08:00:00.000Z');
  assert.equal(reset('2026-07-15T12:00:00Z'), '2026-07-16T07:00:00.000Z');
  assert.equal(reset('2026-07-15T06:59:59Z'), '2026-07-15T07:00:00.000Z');
  assert.equal(reset('2026-07-15T07:00:00Z'), '2026-07-16T07:00:00.000Z');
  assert.equal(reset('2026-01-15T07:30:00Z'), '2026-01-15T08:00:00.000Z', 'still 23:30 there');
});

test('including around the days when the clocks change there', () => {
  // 2026-03-08 and 2026-11-01, both at 02:00.
  assert.equal(reset('2026-03-08T07:59:00Z'), '2026-03-08T08:00:00.000Z');
  assert.equal(reset('2026-03-08T12:00:00Z'), '2026-03-09T07:00:00.000Z', 'a day of 23 hours');
  assert.equal(reset('2026-10-31T12:00:00Z'), '2026-11-01T07:00:00.000Z');
  assert.equal(reset('2026-11-01T12:00:00Z'), '2026-11-02T08:00:00.000Z', 'a day of 25 hours');
  assert.equal(reset('2026-10-30T12:00:00Z', 4), '2026-11-03T08:00:00.000Z');
});

test('a reset is the first moment of another day, whenever it is computed', () => {
  fc.assert(
    fc.property(fc.integer({ min: at('2020-01-01'), max: at('2040-01-01') }), (now) => {
      const next = quotaReset(now);
      assert.ok(next > now && next - now <= 25 * 3_600_000);
      assert.notEqual(quotaDay(next), quotaDay(next - 1));
      assert.equal(quotaDay(next - 1), quotaDay(now));
      assert.equal(quotaReset(now, 2), quotaReset(next));
    }),
  );
});

test('videos take turns in order, and no day is overdrawn', () => {
  const cost = fc.record({ units: fc.integer({ min: 0, max: 60 }), uploads: fc.integer({ min: 0, max: 1 }) });
  fc.assert(
    fc.property(fc.array(cost, { minLength: 1, maxLength: 40 }), cost, (videos, free) => {
      const perDay = { units: 100, uploads: 5 };
      const turns = videos.map((video, index) => turnOf(video, videos.slice(0, index), free, perDay));
      const days = Map.groupBy(turns.keys(), (index) => turns[index]?.resets ?? 0);
      for (const [day, indexes] of days) {
        const sum = indexes.reduce(
          (all, index) => ({
            units: all.units + (videos[index]?.units ?? 0),
            uploads: all.uploads + (videos[index]?.uploads ?? 0),
          }),
          { units: 0, uploads: 0 },
        );
        assert.ok(fits(sum, day === 0 ? free : perDay));
        assert.deepEqual(
          indexes.map((index) => turns[index]?.position),
          [...indexes.keys()],
        );
      }
      const order = turns.map(({ resets }) => resets);
      assert.deepEqual(
        order,
        order.toSorted((a, b) => a - b),
      );
    }),
  );
});
