import assert from 'node:assert/strict';
import { test } from 'node:test';
import { localAuth } from '../../src/youtube/auth.ts';
import { createYouTube } from '../../src/youtube/channel.ts';
import { fileStore, idTag, metadata, randomFile, setUp } from './support.ts';

test('findByIdTag searches all pages, newest first', async (t) => {
  const { folder, server } = await setUp(t, { size: 1 });
  const youtube = createYouTube({ rootUrl: server.url, auth: localAuth() });
  const file = await randomFile(folder, 10, 'small.mp4');
  const ids: string[] = [];
  for (let n = 0; n < 53; n += 1) {
    const store = fileStore(folder);
    const tags = [`video-${String(Math.min(n, 51)).padStart(16, '0')}`];
    ids.push((await youtube.uploadVideo({ file, size: 10, store, metadata: { ...metadata, tags } })).id);
    await store.clear();
  }
  assert.equal(await youtube.findByIdTag('video-0000000000000000'), ids[0]);
  assert.equal(await youtube.findByIdTag('video-0000000000000051'), ids[52]);
  await youtube.updateVideo(ids[1] ?? '', { ...metadata, tags: [idTag] });
  assert.equal(await youtube.findByIdTag(idTag), undefined, 'what was seen is not read again');
  assert.equal(await youtube.findByIdTag(idTag, { anew: true }), ids[1]);
});
