import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refusal, startClient } from './client.ts';

const at = (time: string) => Date.parse(time);
const exceeded = [403, 'quotaExceeded', 'youtube.quota'];

test('uploads have their own bucket, counted by number', async (t) => {
  const { insert, server, api, at: where } = await startClient(t, { quota: { uploads: 2, units: 1 } });
  await insert();
  await insert();
  assert.deepEqual(await refusal(insert()), exceeded);
  assert.deepEqual([server.spent().uploads, server.spent().units], [2, 0]);
  await api.channels.list({ mine: true, part: ['id'] }, where);
  assert.deepEqual(await refusal(api.channels.list({ mine: true, part: ['id'] }, where)), exceeded);
});

test('every call costs what the reference says; a call refused for quota costs nothing', async (t) => {
  const { insert, server, api, at: where } = await startClient(t, { quota: { units: 204 } });
  const id = await insert();
  const spentBy = async (call: () => Promise<unknown>) => {
    const before = server.spent().units;
    await call().catch(() => undefined);
    return server.spent().units - before;
  };
  const picture = { mimeType: 'image/png', body: Buffer.from('89504e470d0a1a0a', 'hex') };
  const playlist = { part: ['snippet'], requestBody: { snippet: { title: 'Cafe Game' } } };
  assert.equal(await spentBy(() => api.videos.list({ id: [id], part: ['id'] }, where)), 1);
  assert.equal(await spentBy(() => api.playlists.list({ mine: true, part: ['id'] }, where)), 1);
  assert.equal(await spentBy(() => api.playlistItems.list({ playlistId: 'none', part: ['id'] }, where)), 1);
  assert.equal(await spentBy(() => api.thumbnails.set({ videoId: id, media: picture }, where)), 50);
  assert.equal(await spentBy(() => api.videos.update({ part: ['id'], requestBody: { id } }, where)), 50);
  assert.equal(await spentBy(() => api.playlists.insert(playlist, where)), 50);
  assert.equal(await spentBy(() => api.playlistItems.insert({ part: ['id'], requestBody: {} }, where)), 50);
  assert.equal(server.spent().units, 203);
  assert.equal(await spentBy(() => api.playlists.insert(playlist, where)), 0);
  assert.equal(await spentBy(() => api.videos.list({ id: [id], part: ['id'] }, where)), 1);
});

for (const [season, midnight] of [
  ['winter', '2026-11-24T08:00:00Z'],
  ['summer', '2026-07-01T07:00:00Z'],
] as const) {
  test(`the quota resets at midnight in Los Angeles, in ${season}, and a restart does not change it`, async (t) => {
    let now = at(midnight) - 1;
    const first = await startClient(t, { quota: { uploads: 1 }, now: () => now });
    await first.insert();
    const again = await first.restart();
    assert.deepEqual(await refusal(again.insert()), exceeded);
    now += 1;
    await again.insert();
    assert.equal(again.server.spent().uploads, 1);
  });
}
