import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { digestOf, partsOf } from '../../../src/studio/browser/uploads/digest.ts';
import { openPace } from '../../../src/studio/browser/uploads/pace.ts';
import { size, timeLeft } from '../../../src/studio/browser/uploads/words.ts';

test('the parts that recognise a file begin at its beginning, end at its end, and never overlap', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 40 }), (bytes) => {
      const parts = partsOf(bytes);
      assert.equal(parts[0]?.[0], 0);
      assert.equal(parts.at(-1)?.[1], bytes);
      for (const [at, [from, to]] of parts.entries()) assert.ok(from < to && from >= (parts[at - 1]?.[1] ?? 0));
      assert.ok(parts.reduce((sum, [from, to]) => sum + to - from, 0) <= 2 ** 20);
    }),
  );
});

test('another byte in a part, or another length, is another digest', async () => {
  const file = (bytes: number, changed?: number) => {
    const content = new Uint8Array(bytes);
    if (changed !== undefined) content[changed] = 1;
    return new Blob([content]);
  };
  const big = 3 * 2 ** 20;
  const digests = await Promise.all([file(big), file(big, 0), file(big, big - 1), file(5), file(6)].map(digestOf));
  assert.equal(new Set(digests).size, 5);
  assert.match(digests[0] ?? '', /^[0-9a-f]{64}$/);
  assert.equal(digests[0], await digestOf(file(big)));
});

test('a piece takes about four seconds, whatever the network; the speed is that of the last moments', () => {
  const pace = openPace();
  assert.equal(pace.speed, undefined);
  assert.equal(pace.pieceBytes, 2 ** 20);
  for (let second = 0; second <= 10; second += 1) pace.arrived(second * 2e6, second * 1000);
  assert.equal(pace.speed, 2e6);
  assert.equal(pace.pieceBytes, 8e6);
  for (let second = 11; second <= 40; second += 1) pace.arrived(20e6 + (second - 10) * 1e4, second * 1000);
  assert.equal(Math.round(pace.speed ?? 0), 1e4);
  assert.equal(pace.pieceBytes, 256 * 1024, 'no smaller');
});

test('sizes and times in words', () => {
  assert.deepEqual([size(12_340_000), size(8.2e9)], ['12.3 MB', '8.2 GB']);
  assert.deepEqual(
    [timeLeft(20), timeLeft(170), timeLeft(2 * 3600 + 60)],
    ['less than a minute left', 'about 3 min left', 'about 2 h 1 min left'],
  );
});
