import assert from 'node:assert/strict';
import test from 'node:test';
import { createFrameCache } from '../../src/media/frames/frame-cache.ts';

const answered = (from: number, until: number, bytes = 100) => ({
  frame: { jpeg: new Uint8Array(bytes), time: from, width: 1, height: 1, isKeyFrame: false },
  span: { from, until },
});

test('finds a frame of the same kind by any time at which it is shown', () => {
  const cache = createFrameCache(1000);
  cache.put('a', answered(1, 2));
  cache.put('a', answered(2, 2.5));
  for (const [time, expected] of [
    [0.999, undefined],
    [0.9996, 1],
    [1.9, 1],
    [1.9996, 2],
    [2.5, undefined],
  ] as const) {
    assert.equal(cache.get('a', time)?.time, expected, `${time}`);
  }
  assert.equal(cache.get('b', 1), undefined);
});

test('stays within its bytes, and keeps what was used last', () => {
  const cache = createFrameCache(350);
  for (const at of [0, 1, 2]) cache.put('a', answered(at, at + 1));
  cache.get('a', 0);
  cache.put('a', answered(3, 4));
  assert.deepEqual(
    [0, 1, 2, 3].map((time) => cache.get('a', time)?.time),
    [0, undefined, 2, 3],
  );
});

test('keeps the others when a picture is larger than the whole cache', () => {
  const cache = createFrameCache(350);
  cache.put('a', answered(0, 1));
  cache.put('a', answered(9, 10, 351));
  assert.deepEqual(
    [0, 9].map((time) => cache.get('a', time)?.time),
    [0, undefined],
  );
});

test('keeps one picture for each kind and start', () => {
  const cache = createFrameCache(250);
  cache.put('a', answered(1, 2));
  for (const until of [3, 4, 5]) cache.put('b', answered(1, until));
  assert.equal(cache.get('a', 1.5)?.time, 1);
  assert.equal(cache.get('b', 4.5)?.time, 1);
});

test('keeps nothing when its limit is zero', () => {
  const cache = createFrameCache(0);
  cache.put('a', answered(0, 1));
  assert.equal(cache.get('a', 0), undefined);
});
