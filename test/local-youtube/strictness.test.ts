import assert from 'node:assert/strict';
import http from 'node:http';
import { type TestContext, test } from 'node:test';
import { StageError } from '../../src/domain/errors.ts';
import { startLocalYouTube } from '../../src/local-youtube/local-youtube.ts';
import { toVideoResource } from '../../src/youtube/metadata.ts';
import { atEnd, listVideos, metadata, temporaryFolder, token, unit } from '../youtube/support.ts';

type Body = Record<string, unknown>;
const resource = toVideoResource(metadata);
const allParts = 'snippet,status,recordingDetails';

async function start(t: TestContext) {
  const server = await startLocalYouTube({ folder: await temporaryFolder(t) });
  atEnd(t, () => server.close());
  const open = (body: Body = resource, headers: Record<string, string> = {}, parts = allParts) =>
    fetch(`${server.url}upload/youtube/v3/videos?uploadType=resumable&part=${parts}`, {
      method: 'POST',
      headers: { ...token, 'content-type': 'application/json', 'x-upload-content-type': 'video/mp4', ...headers },
      body: JSON.stringify(body),
    });
  const session = async (size: number) => {
    const answer = await open(resource, { 'x-upload-content-length': String(size) });
    return answer.headers.get('location') ?? assert.fail('no session');
  };
  const put = (address: string, range: string | undefined, body: Uint8Array, headers: Record<string, string> = {}) =>
    fetch(address, {
      method: 'PUT',
      redirect: 'manual',
      headers: { ...token, ...(range ? { 'content-range': range } : {}), ...headers },
      body: body as Uint8Array<ArrayBuffer>,
    });
  const publish = async () => {
    const answer = await put(await session(3), 'bytes 0-2/3', Buffer.from('abc'));
    return ((await answer.json()) as { id: string }).id;
  };
  const update = (body: Body, parts = 'snippet') =>
    fetch(`${server.url}youtube/v3/videos?part=${parts}`, {
      method: 'PUT',
      headers: { ...token, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const get = (path: string, headers: Record<string, string> = token) => fetch(`${server.url}${path}`, { headers });
  return { server, open, session, put, publish, update, get };
}

async function refused(answer: Response, status: number, reason: string): Promise<void> {
  const { error } = (await answer.json()) as { error: { code: number; message: string; errors: Body[] } };
  assert.deepEqual([answer.status, error.code, error.errors[0]?.reason], [status, status, reason]);
  assert.ok(error.message !== '' && typeof error.errors[0]?.domain === 'string');
}

const withSnippet = (change: Body): Body => ({ ...resource, snippet: { ...resource.snippet, ...change } });

const badStarts: [string, string, Body][] = [
  ['an empty title', 'invalidTitle', withSnippet({ title: ' ' })],
  ['a title of 101 characters', 'invalidTitle', withSnippet({ title: 'x'.repeat(101) })],
  ['a title with <', 'invalidTitle', withSnippet({ title: 'a<b' })],
  ['a description of 5001 bytes', 'invalidDescription', withSnippet({ description: `${'é'.repeat(2500)}x` })],
  ['a description with >', 'invalidDescription', withSnippet({ description: '->' })],
  ['tags of 501 characters', 'invalidTags', withSnippet({ tags: ['x'.repeat(250), 'y'.repeat(250)] })],
  ['an unknown category', 'invalidCategoryId', withSnippet({ categoryId: 'sports' })],
  ['an unknown visibility', 'invalidVideoMetadata', { ...resource, status: { privacyStatus: 'secret' } }],
  ['a date that is none', 'invalidRecordingDetails', { ...resource, recordingDetails: { recordingDate: '2024' } }],
];
for (const [what, reason, body] of badStarts) {
  test(`start with ${what}: ${reason}`, async (t) => {
    const { open } = await start(t);
    await refused(await open(body), 400, reason);
  });
}

test('titles and descriptions at the limit are accepted', async (t) => {
  const { open } = await start(t);
  const body = withSnippet({ title: '🏸'.repeat(100), description: 'é'.repeat(2500), tags: ['x'.repeat(499)] });
  assert.equal((await open(body)).status, 200);
});

test('start: parts, types and lengths are checked', async (t) => {
  const { open, get, server } = await start(t);
  await refused(await open(resource, {}, 'snippet,nonsense'), 400, 'unknownPart');
  await refused(await open(resource, {}, ''), 400, 'missingRequiredParameter');
  await refused(await open(resource, {}, 'snippet'), 400, 'unexpectedPart');
  await refused(await open(resource, { 'x-upload-content-type': 'image/png' }), 400, 'badContent');
  await refused(await open(resource, { 'content-type': 'text/plain' }), 400, 'badContent');
  await refused(await open(resource, { 'x-upload-content-length': '0' }), 400, 'badRequest');
  await refused(await open(resource, { authorization: '' }), 401, 'authError');
  await refused(await get('youtube/v3/videos?part=id&id=x', {}), 401, 'authError');
  assert.deepEqual(await listVideos(server.url), []);
});

test('chunks: each mistake gets its own answer and changes nothing', async (t) => {
  const { session, put, server } = await start(t);
  const size = 2 * unit + 10;
  const address = await session(size);
  const bytes = Buffer.alloc(unit, 1);
  const bad = (range: string, body: Uint8Array = bytes, headers = {}) => put(address, range, body, headers);

  await refused(await bad(`bytes 0-${unit - 2}/${size}`, bytes.subarray(1)), 400, 'badRequest');
  await refused(await bad(`bytes 0-${unit - 1}/${size + 1}`), 400, 'badRequest');
  await refused(await bad(`bytes ${unit}-${2 * unit - 1}/${size}`), 400, 'badRequest');
  await refused(await bad(`bytes 0-${unit - 1}`), 400, 'badRequest');
  await refused(await bad(`bytes 5-1/${size}`), 400, 'badRequest');
  await refused(await bad(`bytes 0-${2 * unit - 1}/${size}`), 400, 'badRequest');
  await refused(
    await bad(`bytes 0-${unit - 1}/${size}`, bytes, { 'content-type': 'video/x-other' }),
    400,
    'badRequest',
  );
  await refused(await bad(`bytes 0-${unit - 1}/${size}`, bytes, { authorization: '' }), 401, 'authError');
  await refused(await bad(`bytes */${size + 1}`, Buffer.alloc(0)), 400, 'badRequest');
  await refused(await bad(`bytes */${size}`, bytes), 400, 'badRequest');

  const nothing = await put(address, `bytes */${size}`, Buffer.alloc(0));
  assert.deepEqual([nothing.status, nothing.headers.get('range')], [308, null]);
  const some = await bad(`bytes 0-${unit - 1}/${size}`);
  assert.deepEqual([some.status, some.headers.get('range')], [308, `bytes=0-${unit - 1}`]);
  await refused(await bad(`bytes 0-${unit - 1}/${size}`), 400, 'badRequest');
  await refused(
    await put(address.replace(/upload_id=.*/, 'upload_id=other'), `bytes */${size}`, Buffer.alloc(0)),
    404,
    'notFound',
  );
  assert.deepEqual(await listVideos(server.url), []);
});

test('a whole file in one request needs no Content-Range', async (t) => {
  const { session, put } = await start(t);
  const answer = await put(await session(3), undefined, Buffer.from('abc'));
  assert.equal(answer.status, 200);
});

test('without X-Upload-Content-Length the first chunk sets the size permanently', async (t) => {
  const { open, put } = await start(t);
  const address = (await open()).headers.get('location') ?? '';
  assert.equal((await put(address, `bytes 0-${unit - 1}/${unit + 1}`, Buffer.alloc(unit))).status, 308);
  await refused(await put(address, `bytes ${unit}-${unit + 1}/${unit + 2}`, Buffer.alloc(2)), 400, 'badRequest');
  assert.equal((await put(address, `bytes ${unit}-${unit}/${unit + 1}`, Buffer.alloc(1))).status, 200);
});

test('after completion a status question gives the original answer', async (t) => {
  const { session, put, server } = await start(t);
  const address = await session(3);
  const first = await (await put(address, 'bytes 0-2/3', Buffer.from('abc'))).json();
  const again = await put(address, 'bytes */3', Buffer.alloc(0));
  assert.deepEqual([again.status, await again.json()], [200, first]);
  assert.equal((await listVideos(server.url)).length, 1);
});

test('while a connection writes, a second one waits, and is then checked against what is stored', async (t) => {
  const { session, put, server } = await start(t);
  const size = 2 * unit;
  const address = await session(size);
  const range = `bytes 0-${size - 1}/${size}`;
  const slow = http.request(address, {
    method: 'PUT',
    headers: { ...token, 'content-range': range, 'content-length': size },
  });
  const answered = new Promise<http.IncomingMessage>((resolve) =>
    slow.on('response', (answer) => resolve(answer.resume())),
  );
  slow.write(Buffer.alloc(unit, 1));
  await new Promise((resolve) => setTimeout(resolve, 50));
  const second = put(address, range, Buffer.alloc(size, 2));
  await new Promise((resolve) => setTimeout(resolve, 50));
  slow.end(Buffer.alloc(unit, 1));
  assert.equal((await answered).statusCode, 200);
  assert.equal((await second).status, 200, 'told the original answer');
  const [id] = await listVideos(server.url);
  const bytes = Buffer.from(await (await fetch(`${server.url}media/${id}`)).arrayBuffer());
  assert.ok(bytes.equals(Buffer.alloc(size, 1)));
});

test('update: needs an id, a title, a category; replaces the named parts', async (t) => {
  const { publish, update, get } = await start(t);
  const id = await publish();
  await refused(await update({ id, snippet: { title: 'New' } }), 400, 'invalidCategoryId');
  await refused(await update({ id, snippet: { categoryId: '17' } }), 400, 'invalidTitle');
  await refused(await update({ snippet: resource.snippet }), 400, 'missingRequiredParameter');
  await refused(await update({ id: 'AAAAAAAAAAA', snippet: resource.snippet }), 404, 'videoNotFound');
  await refused(await update({ id, status: {} }), 400, 'unexpectedPart');
  assert.equal((await update({ id, snippet: { title: 'New', categoryId: '17' } })).status, 200);
  const { items } = (await (await get(`youtube/v3/videos?part=snippet&part=status&id=${id}`)).json()) as {
    items: { snippet: Body; status: Body }[];
  };
  assert.deepEqual([items[0]?.snippet.title, items[0]?.snippet.tags], ['New', []], 'tags that are left out are gone');
  assert.equal(items[0]?.status.privacyStatus, 'unlisted', 'a part that is not named stays');
});

test('thumbnails: type by content, 50 MB, an existing video', async (t) => {
  const { publish, server } = await start(t);
  const id = await publish();
  const set = (body: Uint8Array, videoId = id, type = 'image/jpeg') =>
    fetch(`${server.url}upload/youtube/v3/thumbnails/set?uploadType=media&videoId=${videoId}`, {
      method: 'POST',
      headers: { ...token, 'content-type': type },
      body: body as Uint8Array<ArrayBuffer>,
    });
  const picture = Buffer.alloc(50_000_000);
  picture.set([0xff, 0xd8, 0xff]);
  await refused(await set(Buffer.from('GIF89a')), 400, 'invalidImage');
  await refused(await set(Buffer.alloc(0)), 400, 'mediaBodyRequired');
  await refused(await set(Buffer.concat([picture, Buffer.alloc(1)])), 413, 'uploadTooLarge');
  await refused(await set(picture, 'AAAAAAAAAAA'), 404, 'videoNotFound');
  await refused(await set(picture, id, 'text/plain'), 400, 'badContent');
  assert.equal((await set(picture)).status, 200);
});

test('lists: filters, page sizes and page tokens are checked', async (t) => {
  const { get } = await start(t);
  await refused(await get('youtube/v3/videos?part=snippet'), 400, 'missingRequiredParameter');
  await refused(await get('youtube/v3/videos?part=nope&id=x'), 400, 'unknownPart');
  await refused(await get('youtube/v3/channels?part=snippet'), 400, 'missingRequiredParameter');
  await refused(await get('youtube/v3/playlistItems?part=id&playlistId=other'), 404, 'playlistNotFound');
  const uploads = 'youtube/v3/playlistItems?part=id&playlistId=UUlocal-rehearsal-000000';
  await refused(await get(`${uploads}&maxResults=51`), 400, 'invalidParameter');
  await refused(await get(`${uploads}&pageToken=AAAA`), 400, 'invalidPageToken');
  await refused(await get('youtube/v3/search?part=id'), 404, 'notFound');
});

test('a busy port is named in the error', async (t) => {
  const { server } = await start(t);
  const error = await startLocalYouTube({ folder: await temporaryFolder(t), port: server.port }).catch(
    (e: unknown) => e,
  );
  assert.ok(error instanceof StageError);
  assert.deepEqual([error.code, error.message.includes(String(server.port))], ['PORT_IN_USE', true]);
});
