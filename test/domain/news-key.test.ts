import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newsKey } from '../../src/domain/news-key.ts';

const parked = { firstRunId: 'one', stage: 'NEEDS_ATTENTION', since: '2026-11-20T10:00:00.000Z' } as const;
const deadSince = (failingSince: string) => ({ code: 'AUTH_REQUIRED', failingSince });

test('a cause is one piece of news for all videos and checks; a new one is another', () => {
  const attention = deadSince('2026-11-20T09:00:00.000Z');
  const first = newsKey({ ...parked, attention });
  assert.equal(newsKey({ ...parked, attention, firstRunId: 'two', since: '2026-11-20T11:00:00.000Z' }), first);
  assert.notEqual(newsKey({ ...parked, attention: deadSince('2026-11-22T09:00:00.000Z') }), first);
});

test('what concerns one video is news each time that it begins', () => {
  const attention = { code: 'BAD_NAME' };
  const first = newsKey({ ...parked, attention });
  assert.equal(newsKey({ ...parked, attention }), first);
  assert.notEqual(newsKey({ ...parked, attention, since: '2026-11-20T11:00:00.000Z' }), first);
  assert.notEqual(newsKey({ ...parked, attention, firstRunId: 'two' }), first);
});
