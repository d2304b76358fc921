import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { backoffMs, createPatience, defaultRetryPolicy } from '../../../src/youtube/resumable/retry.ts';

test('the wait doubles, is bounded, and lasts at least half its nominal length', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (failures, random) => {
        const policy = { ...defaultRetryPolicy, minDelayMs: 500, maxDelayMs: 30_000, random: () => random };
        const whole = Math.min(30_000, 500 * 2 ** (failures - 1));
        const ms = backoffMs(policy, failures);
        assert.ok(ms >= whole / 2 && ms <= whole);
      },
    ),
  );
});

test('retries end after the allowed number of failures in a row, and success resets the count', async () => {
  const waits: number[] = [];
  const policy = {
    ...defaultRetryPolicy,
    attempts: 2,
    minDelayMs: 8,
    random: () => 0,
    sleep: async (ms: number) => void waits.push(ms),
  };
  const patience = createPatience(policy);
  assert.equal(await patience.pause(), true);
  patience.reset();
  assert.equal(await patience.pause(), true);
  assert.equal(await patience.pause(900), true);
  assert.equal(await patience.pause(), false);
  assert.deepEqual(waits, [4, 4, 900]);
});
