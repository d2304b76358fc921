import assert from 'node:assert/strict';
import { test } from 'node:test';
import { secondsOf, usageOf } from '../../src/child/usage.ts';

test('the processor time and memory of a process are those that it counts itself', async () => {
  for (const until = performance.now() + 100; performance.now() < until; );
  const { user, system } = process.cpuUsage();
  const usage = await usageOf(process.pid);
  assert.ok(usage);
  assert.ok(Math.abs(usage.processorSeconds - (user + system) / 1e6) < 0.1, `${usage.processorSeconds}`);
  assert.ok(usage.bytes > 10e6 && usage.bytes < 2e9, `${usage.bytes}`);
});

test('nothing is known of a process that has ended', async () => {
  assert.equal(await usageOf(2 ** 22 + 1), undefined);
});

for (const [text, seconds] of [
  ['0:01.50', 1.5],
  ['00:02:03', 123],
  ['1-02:03:04', 93_784],
] as const) {
  test(`${text} of ps is ${seconds} s`, () => assert.equal(secondsOf(text), seconds));
}
