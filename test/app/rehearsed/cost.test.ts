import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig } from '../../../src/app/config.ts';
import { costOfRehearsed } from '../../../src/app/rehearsed/cost.ts';
import { describeCost } from '../../../src/domain/rehearsed-cost.ts';
import { openStore } from '../../../src/workspace/store.ts';
import { temporaryFolder } from '../../support/clean-up.ts';

const ids = (count: number) => Array.from({ length: count }, (_, index) => `video-${String(index).padStart(16, '0')}`);

test('what publishing rehearsals takes, and over how many days that spreads', async (t) => {
  const folder = await temporaryFolder(t);
  const store = openStore(folder);
  t.after(() => store.close());
  const cost = (count: number, settings: Record<string, string> = {}) =>
    costOfRehearsed(ids(count), store, readConfig({ BADMINTON_DATA_DIR: folder, ...settings }, folder));
  assert.deepEqual(cost(1), { units: 101, uploads: 1, days: 1 });
  // 30 of 10,000 units stay free for questions.
  assert.deepEqual([cost(98).days, cost(99).days], [1, 2]);
  assert.deepEqual(cost(3, { BADMINTON_PLAYLIST: 'tournament' }), { units: 503, uploads: 3, days: 1 });
  assert.equal(cost(5, { BADMINTON_QUOTA_UPLOADS: '2' }).days, 3);
  assert.equal(cost(1, { BADMINTON_QUOTA_UNITS: '100' }).days, undefined);
  store.quota.spend('youtube', { units: 50, uploads: 0 });
  assert.equal(cost(98).days, 1);
  store.quota.spend('youtube', { units: 50, uploads: 0 });
  assert.equal(cost(98).days, 2, 'less of today is left');
  store.quota.refuse('youtube', 'uploads', Date.now() + 3_600_000);
  assert.equal(cost(1).days, 2, 'nothing of today is left');

  const said = describeCost({ ...cost(3, { BADMINTON_QUOTA_UPLOADS: '1' }), videos: 3, channel: 'Club' });
  assert.match(
    said,
    /^3 rehearsed videos will be published on the channel “Club”\. .* 3 uploads and at least 303 units, spread/,
  );
  assert.match(describeCost({ units: 101, uploads: 1, videos: 1, channel: 'Club' }), /more than a whole day’s quota/);
});
