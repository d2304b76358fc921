import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Clock, createBandwidthLimit } from '../../../src/youtube/resumable/index.ts';
import { setUp, sha256 } from '../support.ts';

/** A clock that only advances by sleeping. */
function handClock(start: string): Clock & { passed(): number } {
  const begin = Date.parse(start);
  let now = begin;
  return {
    now: () => now,
    sleep: async (ms) => {
      now += ms;
    },
    passed: () => now - begin,
  };
}

test('bytes are sent no faster than the limit, in portions of a tenth of a second', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1000, max: 1e8 }), fc.integer({ min: 10, max: 60 }), async (rate, portions) => {
      const clock = handClock('2026-11-23T12:00:00Z');
      const limit = createBandwidthLimit({ bytesPerSecond: rate, clock });
      const portion = limit.portionBytes();
      assert.equal(portion, Math.floor(rate / 10));
      for (let taken = 0; taken < portions; taken++) await limit.take(portion);
      // The first portion leaves immediately.
      const shortest = (((portions - 1) * portion) / rate) * 1000;
      assert.ok(clock.passed() >= shortest - 1 && clock.passed() <= shortest + 1);
    }),
  );
});

test('two uploads share one limit', async () => {
  const clock = handClock('2026-11-23T12:00:00Z');
  const limit = createBandwidthLimit({ bytesPerSecond: 1000, clock });
  const one = async () => {
    for (let taken = 0; taken < 10; taken++) await limit.take(100);
  };
  await Promise.all([one(), one()]);
  assert.ok(clock.passed() >= 1900);
});

const evening = { from: 18, to: 23 };
const night = { from: 22, to: 6 };
for (const { hours, at, limited } of [
  { hours: evening, at: '2026-11-23T10:59:59Z', limited: false },
  { hours: evening, at: '2026-11-23T11:00:00Z', limited: true },
  { hours: evening, at: '2026-11-23T15:59:59Z', limited: true },
  { hours: evening, at: '2026-11-23T16:00:00Z', limited: false },
  { hours: night, at: '2026-11-23T17:30:00Z', limited: true },
  { hours: night, at: '2026-11-23T22:59:59Z', limited: true },
  { hours: night, at: '2026-11-23T23:00:00Z', limited: false },
  { hours: { from: 0, to: 24 }, at: '2026-11-23T16:59:00Z', limited: true },
]) {
  test(`${hours.from} to ${hours.to} in Ho Chi Minh City, at ${at}: ${limited ? 'limited' : 'as fast as it goes'}`, async () => {
    const clock = handClock(at);
    const limit = createBandwidthLimit({ bytesPerSecond: 100, hours, timeZone: 'Asia/Ho_Chi_Minh', clock });
    assert.equal(Number.isFinite(limit.portionBytes()), limited);
    for (let taken = 0; taken < 3; taken++) await limit.take(50);
    assert.equal(clock.passed() > 0, limited);
  });
}

test('a limited upload takes its time, reports progress, and can be stopped while it waits', async (t) => {
  const setting = await setUp(t, { size: 300_000 });
  const limit = createBandwidthLimit({ bytesPerSecond: 1_000_000 });
  const reports: number[] = [];
  const begin = performance.now();
  const { sha256: hash } = await setting.upload({
    limit,
    // Far less than the upload takes: waiting for the limit is not a stall.
    stallTimeoutMs: 200,
    onProgress: ({ sent }) => reports.push(sent),
  });
  assert.ok(performance.now() - begin >= 200 * 0.95);
  assert.ok(reports.length >= 3);
  assert.equal(hash, sha256(setting.content));
  assert.ok((await setting.onlyVideo()).bytes.equals(setting.content));

  await setting.store.clear();
  const crawling = createBandwidthLimit({ bytesPerSecond: 100 });
  const stopped = setting.upload({ limit: crawling, signal: AbortSignal.timeout(100) });
  await assert.rejects(stopped, { name: 'TimeoutError' });
});
