import assert from 'node:assert/strict';
import test from 'node:test';
import { openDatabase } from '../../src/workspace/database.ts';
import { openToldNotices } from '../../src/workspace/told.ts';
import { atEnd, temporaryFolder } from '../support/clean-up.ts';

test('a notice whose sender was killed while the clock was an hour ahead is taken again once the clock is right', async (t) => {
  const database = openDatabase(await temporaryFolder(t));
  atEnd(t, () => database.close());
  let now = Date.parse('2026-11-27T15:00:00Z');
  const told = openToldNotices(database, () => now);
  assert.equal(told.take('a video waits', 'webhook'), true);
  assert.equal(told.take('a video waits', 'webhook'), false, 'it is on its way');
  now -= 3_600_000;
  assert.equal(told.take('a video waits', 'webhook'), true);
});
