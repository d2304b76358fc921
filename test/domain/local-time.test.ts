import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { momentOf, nextTimeOfDay, showMoment } from '../../src/domain/local-time.ts';

const iso = (moment: number) => new Date(moment).toISOString();

test('a clock reading in a zone is one moment', () => {
  assert.equal(iso(momentOf('2026-12-01T18:00', 'Asia/Ho_Chi_Minh')), '2026-12-01T11:00:00.000Z');
  assert.equal(iso(momentOf('2026-07-01T18:00', 'Europe/Berlin')), '2026-07-01T16:00:00.000Z');
  assert.equal(iso(momentOf('2026-03-08T01:59', 'America/Los_Angeles')), '2026-03-08T09:59:00.000Z');
  assert.equal(iso(momentOf('2026-03-08T03:00', 'America/Los_Angeles')), '2026-03-08T10:00:00.000Z');
});

test('the next time of day is later, by at most a day plus the hour of a clock change', () => {
  assert.equal(
    iso(nextTimeOfDay('18:00', 'Asia/Ho_Chi_Minh', Date.parse('2026-12-01T10:59:00Z'))),
    '2026-12-01T11:00:00.000Z',
  );
  assert.equal(
    iso(nextTimeOfDay('18:00', 'Asia/Ho_Chi_Minh', Date.parse('2026-12-01T11:00:00Z'))),
    '2026-12-02T11:00:00.000Z',
  );
  const zones = fc.constantFrom('Asia/Ho_Chi_Minh', 'America/Los_Angeles', 'Europe/Berlin', 'Pacific/Chatham');
  const moments = fc.integer({ min: Date.parse('2020-01-01'), max: Date.parse('2040-01-01') });
  fc.assert(
    fc.property(moments, zones, fc.integer({ min: 0, max: 1439 }), (now, zone, minutes) => {
      const time = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
      const next = nextTimeOfDay(time, zone, now);
      assert.ok(next > now && next - now <= 25 * 3_600_000, `${iso(next)} after ${iso(now)}`);
    }),
  );
});

test('a moment is shown in the requested zone', () => {
  assert.equal(showMoment('2026-11-24T08:00:00Z', 'Asia/Ho_Chi_Minh'), 'Tue, 24 Nov 2026, 15:00');
});
