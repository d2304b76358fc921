import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pauseBeforeSignInCheck } from '../../src/domain/sign-in-checks.ts';

const year = 365 * 24 * 3_600_000;
/**
 * A check in vain: timer started and fired, the activity's three, two workflow tasks of three, memo and attributes twice.
 * `parked-for-the-sign-in` of the recorded histories has no more.
 */
const eventsOfCheck = 15;

test('a year with a dead sign-in is checked often at first, and stays under 500 events', () => {
  let checks = 0;
  for (let passed = 0; passed <= year; checks += 1) passed += pauseBeforeSignInCheck(checks);
  assert.equal(pauseBeforeSignInCheck(0), 600_000);
  assert.ok(checks * eventsOfCheck < 500, `${checks} checks`);
});
