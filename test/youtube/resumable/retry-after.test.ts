import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readRetryAfter } from '../../../src/youtube/resumable/retry-after.ts';

const now = Date.parse('2026-11-27T12:00:00Z');
const day = 24 * 3_600_000;

const cases: [string | undefined, number | undefined][] = [
  ['7', 7000],
  [' 0 ', 0],
  ['Fri, 27 Nov 2026 12:01:30 GMT', 90_000],
  ['Fri, 27 Nov 2026 11:00:00 GMT', 0],
  ['99999999999999999999', day],
  ['Fri, 31 Dec 9999 23:59:59 GMT', day],
  ['1.5', undefined],
  ['-1', undefined],
  ['1e3', undefined],
  ['2026-11-27T12:01:30Z', undefined],
  ['Fri, 27 Nov 2026 12:01:30', undefined],
  ['Fri, 99 Nov 2026 12:01:30 GMT', undefined],
  ['soon', undefined],
  ['', undefined],
  [undefined, undefined],
];
for (const [value, expected] of cases) {
  test(`Retry-After ${JSON.stringify(value)} is ${expected === undefined ? 'not understood' : `${expected} ms`}`, () => {
    assert.equal(readRetryAfter(value, now), expected);
  });
}
