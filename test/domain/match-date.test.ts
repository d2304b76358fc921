import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { dayProblem, isCalendarDay, matchDate } from '../../src/domain/match-date.ts';

const now = new Date('2025-01-10T12:00:00Z');
const modifiedAt = new Date('2024-12-20T20:00:00Z');

function dateOf(creationTime: string | undefined, timeZone = 'Asia/Ho_Chi_Minh'): string {
  return matchDate({ creationTime, modifiedAt, timeZone, now });
}

test("a time with the phone's own offset gives the day the phone showed", () => {
  assert.equal(dateOf('2024-12-15T21:30:00+0700', 'America/New_York'), '2024-12-15');
  assert.equal(dateOf('2024-12-15T00:30:00+07:00', 'America/New_York'), '2024-12-15');
  assert.equal(dateOf('2024-12-15T23:30:00.250-0800'), '2024-12-15');
});

test("a time in UTC gives the day in the club's zone", () => {
  assert.equal(dateOf('2024-12-15T18:30:00.000000Z'), '2024-12-16');
  assert.equal(dateOf('2024-12-15T16:30:00Z'), '2024-12-15');
  assert.equal(dateOf('2024-12-15T18:30:00+0000'), '2024-12-16');
  assert.equal(dateOf('2024-12-15T02:30:00Z', 'America/New_York'), '2024-12-14');
});

test('a time without a zone is local', () => {
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
  test(`the creation time ${JSON.stringify(nonsense)} is ignored in favour of the file's modification`, () => {
    assert.equal(dateOf(nonsense), '2024-12-21');
    assert.equal(dateOf(nonsense, 'UTC'), '2024-12-20');
  });
}

test('a clock that is a few hours ahead is not nonsense', () => {
  assert.equal(dateOf('2025-01-11T02:00:00+0700'), '2025-01-11');
});

const inTheHall = { timeZone: 'Asia/Ho_Chi_Minh', now: new Date('2026-11-27T12:00:00Z') };
const recorded = (times: { quickTimeDate?: string; creationTime?: string }, modified = '2026-11-25T03:00:00Z') =>
  matchDate({ ...inTheHall, ...times, modifiedAt: new Date(modified) });

test("QuickTime's own date takes precedence over the creation time, with or without a zone", () => {
  const creationTime = '2026-11-20T12:07:00.000000Z;2026-11-20T12:07:00Z';
  assert.equal(recorded({ quickTimeDate: '2026-11-20T19:07:00', creationTime }), '2026-11-20');
  assert.equal(recorded({ quickTimeDate: '2026-11-20T23:07:00', creationTime }), '2026-11-20');
  assert.equal(recorded({ quickTimeDate: '2026-11-19T23:07:00-0800', creationTime }), '2026-11-19');
});

for (const quickTimeDate of [
  '2569-11-24T19:07:00+0700',
  '1405-08-29T19:07:00+0330',
  '0008-11-20T19:07:00+0900',
  '1904-01-01T00:00:00Z',
  '٢٠٢٦-١١-٢٠T19:07:00+0700',
  '၂၀၂၆-၁၁-၂၀T19:07:00',
  '2026-11-31T19:07:00+0700',
]) {
  test(`the QuickTime date ${quickTimeDate} gives way to the creation time, and both to the file's`, () => {
    assert.equal(recorded({ quickTimeDate, creationTime: '2026-11-20T18:07:00Z' }), '2026-11-21');
    assert.equal(recorded({ quickTimeDate, creationTime: '1904-01-01T00:00:00Z' }), '2026-11-25');
    assert.equal(recorded({ quickTimeDate }), '2026-11-25');
  });
}

test('a time in UTC that is later than the file is a local time written as UTC', () => {
  const creationTime = '2026-11-20T19:07:00.000000Z';
  assert.equal(recorded({ creationTime }, '2026-11-20T12:27:00Z'), '2026-11-20');
  assert.equal(recorded({ quickTimeDate: '2026-11-20T19:07:00Z' }, '2026-11-20T12:27:00Z'), '2026-11-20');
  assert.equal(recorded({ creationTime }, '2026-11-20T19:06:30Z'), '2026-11-21', 'rounded, or clocks that differ');
  assert.equal(recorded({ creationTime }, '2026-11-20T19:27:00Z'), '2026-11-21');
  assert.equal(recorded({ creationTime }, '2026-11-19T12:27:00Z'), '2026-11-21', 'no clock is so far ahead of UTC');
});

test('an explicit zone is believed, whatever the time of the file', () => {
  const quickTimeDate = '2026-11-20T23:30:00+0700';
  assert.equal(recorded({ quickTimeDate }, '2026-11-20T12:00:00Z'), '2026-11-20');
});

test('a person may give a calendar day, from long ago up to tomorrow', () => {
  const now = Date.parse('2026-11-27T12:00:00Z');
  for (const day of ['1990-01-01', '2026-11-20', '2026-11-27', '2026-11-28'])
    assert.equal(dayProblem(day, now), undefined);
  for (const [day, problem] of [
    ['2026-11-29', /in the future/],
    ['2569-11-20', /in the future/],
    ['1989-12-31', /before 1990-01-01/],
    ['2026-02-29', /no day of the calendar/],
    ['20.11.2026', /no day of the calendar such as 2026-11-20/],
    ['٢٠٢٦-١١-٢٠', /no day of the calendar/],
  ] as const) {
    assert.match(dayProblem(day, now) ?? '', problem);
  }
});

test('the result is always a calendar day', () => {
  const zones = fc.constantFrom('Asia/Ho_Chi_Minh', 'UTC', 'Pacific/Kiritimati', 'America/St_Johns');
  const times = fc.oneof(
    fc.string(),
    fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  );
  const dates = fc.date({ min: new Date('1970-01-02'), max: new Date('2200-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(times, times, dates, zones, (quickTimeDate, creationTime, modifiedAt, timeZone) => {
      assert.ok(isCalendarDay(matchDate({ quickTimeDate, creationTime, modifiedAt, timeZone })));
    }),
  );
});

test('days that are not in any calendar are recognised', () => {
  assert.equal(isCalendarDay('2024-02-29'), true);
  for (const text of ['2023-02-29', '2024-1-5', '2024-12-15T00:00:00Z', '', 'today']) {
    assert.equal(isCalendarDay(text), false, text);
  }
});
