import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refusal, startClient } from './client.ts';

test('a playlist is created, filled, listed page by page, and still there after a restart', async (t) => {
  const first = await startClient(t);
  const { api, at } = first;
  const created = await api.playlists.insert(
    {
      part: ['snippet', 'status'],
      requestBody: { snippet: { title: 'Cafe Game' }, status: { privacyStatus: 'unlisted' } },
    },
    at,
  );
  const playlistId = created.data.id ?? assert.fail('no id');
  const ids = [await first.insert(), await first.insert(), await first.insert()];
  const add = (videoId: string, position?: number) => {
    const snippet = {
      playlistId,
      resourceId: { kind: 'youtube#video', videoId },
      ...(position !== undefined && { position }),
    };
    return api.playlistItems.insert({ part: ['snippet'], requestBody: { snippet } }, at);
  };
  await Promise.all(ids.slice(0, 2).map((id) => add(id)));
  assert.equal((await add(ids[2] ?? '', 0)).data.snippet?.position, 0);

  const again = await first.restart();
  const listed: (string | null | undefined)[] = [];
  for (let pageToken: string | undefined, more = true; more; more = pageToken !== undefined) {
    const request = { playlistId, part: ['contentDetails'], maxResults: 2, ...(pageToken && { pageToken }) };
    const { data } = await again.api.playlistItems.list(request, again.at);
    listed.push(...(data.items ?? []).map((item) => item.contentDetails?.videoId));
    pageToken = data.nextPageToken ?? undefined;
  }
  assert.equal(listed[0], ids[2]);
  assert.deepEqual(listed.toSorted(), ids.toSorted());

  const only = { playlistId, videoId: ids[1] ?? '', part: ['contentDetails'] };
  assert.equal((await again.api.playlistItems.list(only, again.at)).data.items?.length, 1);
  const { data } = await again.api.playlists.list(
    { mine: true, part: ['snippet', 'status', 'contentDetails'] },
    again.at,
  );
  const [playlist] = data.items ?? [];
  assert.deepEqual(
    [playlist?.id, playlist?.snippet?.title, playlist?.status?.privacyStatus, playlist?.contentDetails?.itemCount],
    [playlistId, 'Cafe Game', 'unlisted', 3],
  );
  const page = await (await fetch(`${again.server.url}playlist?list=${playlistId}`)).text();
  assert.match(page, /Cafe Game/);
});

test('playlists refuse what YouTube refuses', async (t) => {
  const { api, at, insert } = await startClient(t);
  const create = (snippet: object) => api.playlists.insert({ part: ['snippet'], requestBody: { snippet } }, at);
  assert.deepEqual(await refusal(create({ title: ' ' })), [400, 'playlistTitleRequired', 'youtube.playlist']);
  const long = [400, 'invalidPlaylistSnippet', 'youtube.playlist'];
  assert.deepEqual(await refusal(create({ title: 'x'.repeat(151) })), long);
  const playlistId = (await create({ title: 'Cup' })).data.id ?? '';
  const add = (snippet: object) => api.playlistItems.insert({ part: ['snippet'], requestBody: { snippet } }, at);
  const videoId = await insert();
  const noVideo = await refusal(add({ playlistId, resourceId: { videoId: 'AAAAAAAAAAA' } }));
  assert.deepEqual(noVideo, [404, 'videoNotFound', 'youtube.playlistItem']);
  const noList = await refusal(add({ playlistId: 'PLnone', resourceId: { videoId } }));
  assert.deepEqual(noList, [404, 'playlistNotFound', 'youtube.playlistItem']);
  const itemId = (await add({ playlistId, resourceId: { videoId } })).data.id ?? '';
  await api.playlistItems.delete({ id: itemId }, at);
  const { data } = await api.playlistItems.list({ playlistId, part: ['id'] }, at);
  assert.deepEqual(data.items, []);
  const gone = await refusal(api.playlistItems.delete({ id: itemId }, at));
  assert.deepEqual(gone, [404, 'playlistItemNotFound', 'youtube.playlistItem']);
  assert.equal((await refusal(add({ playlistId })))[1], 'resourceIdRequired');
  assert.equal((await refusal(add({ resourceId: { videoId } })))[1], 'playlistIdRequired');
  assert.equal((await refusal(api.playlists.list({ part: ['id'] }, at)))[1], 'missingRequiredParameter');
});
