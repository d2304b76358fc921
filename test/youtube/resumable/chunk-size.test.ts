import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createChunkSize } from '../../../src/youtube/resumable/chunk-size.ts';

const unit = 262_144;
const mebibyte = 1_048_576;

test('chunks are contiguous, are whole units except the last, and are never larger than allowed', () => {
  const outcome = fc.record({ ms: fc.integer({ min: 0, max: 60_000 }), failed: fc.boolean() });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 3e9 }),
      fc.integer({ min: 1, max: 4096 }),
      fc.array(outcome, { minLength: 5 }),
      (size, units, outcomes) => {
        const largest = units * unit;
        const chunks = createChunkSize(largest);
        let position = 0;
        for (const { ms, failed } of outcomes) {
          if (position === size) return;
          const end = chunks.end(position, size);
          assert.ok(end > position && end <= size && end - position <= largest);
          if (end < size) assert.equal((end - position) % unit, 0);
          else assert.ok(end - position <= 8 * mebibyte, 'the last one is short');
          if (failed) chunks.failed();
          else chunks.succeeded(end - position, ms);
          position = failed ? position : end;
        }
      },
    ),
  );
});

test('a chunk grows to a few seconds of line time, at most fourfold per step, and shrinks after failures', () => {
  const chunks = createChunkSize(1024 * mebibyte);
  const next = () => chunks.end(0, 1e12) / mebibyte;
  assert.equal(next(), 16);
  chunks.succeeded(16 * mebibyte, 10);
  assert.equal(next(), 64);
  // 64 MiB in 0.64 s are 500 MiB in 5 s.
  chunks.succeeded(64 * mebibyte, 640);
  assert.equal(next(), 256);
  chunks.succeeded(256 * mebibyte, 2560);
  assert.equal(next(), 500);
  chunks.failed();
  assert.equal(next(), 250);
  chunks.succeeded(250 * mebibyte, 50_000);
  assert.equal(next(), 25);
  for (let failures = 0; failures < 20; failures++) chunks.failed();
  assert.equal(next(), 0.25);
});
