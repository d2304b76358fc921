import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isCalendarDay, matchDate } from '../../src/domain/match-date.ts';

const now = new Date('2025-01-10T12:00:00Z');
const modifiedAt = new Date('2024-12-20T20:00:00Z');

function dateOf(creationTime: string | undefined, timeZone = 'Asia/Ho_Chi_Minh'): string {
  return matchDate({ creationTime, modifiedAt, timeZone, now });
}

test("a time with the phone's own offset is of the day that the phone showed", () => {
  assert.equal(dateOf('2024-12-15T21:30:00+0700', 'America/New_York'), '2024-12-15');
  assert.equal(dateOf('2024-12-15T00:30:00+07:00', 'America/New_York'), '2024-12-15');
  assert.equal(dateOf('2024-12-15T23:30:00.250-0800'), '2024-12-15');
});

test("a time in UTC is of the day in the club's zone", () => {
  assert.equal(dateOf('2024-12-15T18:30:00.000000Z'), '2024-12-16');
  assert.equal(dateOf('2024-12-15T16:30:00Z'), '2024-12-15');
  assert.equal(dateOf('2024-12-15T18:30:00+0000'), '2024-12-16');
  assert.equal(dateOf('2024-12-15T02:30:00Z', 'America/New_York'), '2024-12-14');
});

test('a time without a zone is a local one', () => {
  assert.equal(dateOf('2024-12-15 23:30:00'), '2024-12-15');
});

for (const nonsense of [
  undefined,
  '',
  'yesterday',
  '1904-01-01T00:00:00.000000Z',
  '1970-01-01T00:00:00Z',
  '2000-01-01T00:00:10Z',
  '2036-02-06T06:28:15Z',
  '2025-01-12T00:00:00Z',
  '2024-02-30T10:00:00Z',
  '2024-13-01T10:00:00+0700',
]) {
  test(`the creation time ${JSON.stringify(nonsense)} gives way to the file's modification`, () => {
    assert.equal(dateOf(nonsense), '2024-12-21');
    assert.equal(dateOf(nonsense, 'UTC'), '2024-12-20');
  });
}

test('a clock that is some hours ahead is no nonsense', () => {
  assert.equal(dateOf('2025-01-11T02:00:00+0700'), '2025-01-11');
});

test('the result is always a day of the calendar', () => {
  const zones = fc.constantFrom('Asia/Ho_Chi_Minh', 'UTC', 'Pacific/Kiritimati', 'America/St_Johns');
  const times = fc.oneof(
    fc.string(),
    fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  );
  const dates = fc.date({ min: new Date('1970-01-02'), max: new Date('2200-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(times, dates, zones, (creationTime, fileTime, timeZone) => {
      assert.ok(isCalendarDay(matchDate({ creationTime, modifiedAt: fileTime, timeZone })));
    }),
  );
});

test('days that are in no calendar are told apart', () => {
  assert.equal(isCalendarDay('2024-02-29'), true);
  for (const text of ['2023-02-29', '2024-1-5', '2024-12-15T00:00:00Z', '', 'today']) {
    assert.equal(isCalendarDay(text), false, text);
  }
});
