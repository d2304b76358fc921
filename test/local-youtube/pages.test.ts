import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { startLocalYouTube } from '../../src/local-youtube/local-youtube.ts';
import type { LoggedRequest } from '../../src/local-youtube/request-log.ts';
import { localAuth } from '../../src/youtube/auth.ts';
import { createYouTube } from '../../src/youtube/channel.ts';
import { atEnd, fileStore, metadata, randomFile, temporaryFolder } from '../youtube/support.ts';

async function publish(t: TestContext) {
  const folder = await temporaryFolder(t);
  const log: LoggedRequest[] = [];
  const server = await startLocalYouTube({ folder: path.join(folder, 'youtube'), log: (request) => log.push(request) });
  atEnd(t, () => server.close());
  const youtube = createYouTube({ rootUrl: server.url, auth: localAuth() });
  const file = await randomFile(folder, 100_000);
  const description = 'Tom & "Jerry" \'s\nline two';
  const { id } = await youtube.uploadVideo({
    file,
    size: 100_000,
    store: fileStore(folder),
    metadata: { ...metadata, title: 'R&D "quoted" \'title\'', description },
  });
  return { server, youtube, id, file, folder, log };
}

/** fetch does not allow setting the Host header. */
function getWithHost(url: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    http.get(url, { headers: { host } }, (answer) => resolve(answer.resume().statusCode)).on('error', reject);
  });
}

test('the watch page plays the video, shows what was published, and says REHEARSAL', async (t) => {
  const { server, id, youtube, folder } = await publish(t);
  const before = await (await fetch(`${server.url}watch?v=${id}`)).text();
  assert.match(before, /No thumbnail yet/);

  const picture = path.join(folder, 'thumbnail.png');
  await writeFile(picture, Buffer.from('89504e470d0a1a0a00', 'hex'));
  await youtube.setThumbnail(id, picture);
  const answer = await fetch(`${server.url}watch?v=${id}`);
  const page = await answer.text();
  assert.match(page, /REHEARSAL/);
  assert.match(page, new RegExp(`<video[^>]* src="/media/${id}" poster="/vi/${id}/thumbnail\\?v=1"`));
  assert.match(page, /R&amp;D &quot;quoted&quot; &#39;title&#39;/);
  assert.match(page, /Tom &amp; &quot;Jerry&quot; &#39;s\nline two/);
  assert.match(page, /unlisted/);
  assert.match(answer.headers.get('content-security-policy') ?? '', /default-src 'none'/);
  const image = await fetch(`${server.url}vi/${id}/thumbnail?v=1`);
  assert.deepEqual([image.status, image.headers.get('content-type')], [200, 'image/png']);

  const channel = await (await fetch(server.url)).text();
  assert.match(channel, new RegExp(`href="/watch\\?v=${id}"`));
  assert.match(channel, new RegExp(`src="/vi/${id}/thumbnail`));
});

test('the video is served in ranges, so that a browser can seek', async (t) => {
  const { server, id, file } = await publish(t);
  const content = await readFile(file);
  const get = async (range?: string, method = 'GET') => {
    const answer = await fetch(`${server.url}media/${id}`, { method, ...(range ? { headers: { range } } : {}) });
    return { answer, body: Buffer.from(await answer.arrayBuffer()) };
  };
  const whole = await get();
  assert.deepEqual([whole.answer.status, whole.answer.headers.get('content-type')], [200, 'video/mp4']);
  assert.ok(whole.body.equals(content));
  for (const [range, from, to] of [
    ['bytes=0-9', 0, 10],
    ['bytes=99990-', 99_990, 100_000],
    ['bytes=-10', 99_990, 100_000],
    ['bytes=50-999999', 50, 100_000],
  ] as const) {
    const { answer, body } = await get(range);
    assert.deepEqual([answer.status, answer.headers.get('content-range')], [206, `bytes ${from}-${to - 1}/100000`]);
    assert.ok(body.equals(content.subarray(from, to)));
  }
  assert.equal((await get('bytes=100000-')).answer.status, 416);
  const head = await get(undefined, 'HEAD');
  assert.deepEqual([head.answer.status, head.answer.headers.get('content-length')], [200, '100000']);
});

test('a missing page answers with a 404 page', async (t) => {
  const { server } = await publish(t);
  assert.equal((await fetch(`${server.url}watch?v=<script>`)).status, 404);
  assert.equal((await fetch(`${server.url}media/..%2f..%2fetc`)).status, 404);
  assert.equal((await fetch(`${server.url}vi/AAAAAAAAAAA/thumbnail`)).status, 404);
});

test('it answers only to its own names', async (t) => {
  const { server } = await publish(t);
  assert.equal(await getWithHost(server.url, `localhost:${server.port}`), 200);
  assert.equal(await getWithHost(server.url, 'evil.example'), 421);
  assert.equal(await getWithHost(server.url, `127.0.0.1.evil.example:${server.port}`), 421);
});

test('the log names each request but no session address', async (t) => {
  const { log } = await publish(t);
  assert.deepEqual(
    log.map(({ method, path: at, status }) => [method, at, status]),
    [
      ['POST', '/upload/youtube/v3/videos', 200],
      ['PUT', '/upload/youtube/v3/videos', 200],
    ],
  );
});
