import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { auth, youtube } from '@googleapis/youtube';
import { saveSignIn, signIn, type TokenFile } from '../../src/youtube/auth.ts';
import { clientOf, decide } from '../youtube/auth/consent.ts';
import { randomFile, unit } from '../youtube/support.ts';
import { recordingOf, startClient, videoParts } from './client.ts';

const run = promisify(execFile);
const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(5000, 7)]);

/** A local YouTube with somebody signed in, and a recording and a picture to send. */
async function setUp(t: TestContext) {
  // Access tokens so short-lived that the client must refresh them.
  const { server, folder } = await startClient(t, { processingMs: 0, accessTokenMs: 1000 });
  const granted: TokenFile = await signIn({
    client: clientOf(server.url),
    signal: new AbortController().signal,
    timeoutMs: 10_000,
    onAddress: async (address) => fetch(await decide(address)),
    onUseless: assert.fail,
  });
  const picture = path.join(folder, 'picture.jpg');
  await writeFile(picture, jpeg);
  return { server, folder, granted, picture, recording: await randomFile(folder, 2 * unit + 1, 'match.mp4') };
}

test("Google's unmodified Node client publishes to the local YouTube", async (t) => {
  const { server, folder, granted, picture, recording } = await setUp(t);
  const signedIn = new auth.OAuth2({
    clientId: granted.client_id,
    clientSecret: granted.client_secret,
    endpoints: { oauth2TokenUrl: `${server.url}token` },
  });
  signedIn.setCredentials({ refresh_token: granted.refresh_token });
  const api = youtube({ version: 'v3', auth: signedIn });
  const at = { rootUrl: server.url };

  const snippet = { title: 'From Node', description: 'Line\n--boundary-like\r\n', categoryId: '17', tags: ['a b'] };
  const inserted = await api.videos.insert(
    {
      part: ['snippet', 'status'],
      requestBody: { snippet, status: { privacyStatus: 'private' } },
      media: { mimeType: 'video/mp4', body: createReadStream(recording) },
    },
    at,
  );
  const id = inserted.data.id ?? assert.fail('no id');
  assert.ok((await recordingOf(folder, id)).equals(await readFile(recording)));
  const media = { mimeType: 'video/mp4', body: createReadStream(recording) };
  const bare = await api.videos.insert({ part: ['status'], media }, at);
  assert.ok((await recordingOf(folder, bare.data.id ?? '')).equals(await readFile(recording)));

  await api.thumbnails.set({ videoId: id, media: { mimeType: 'image/jpeg', body: createReadStream(picture) } }, at);
  const changed = { id, snippet: { ...snippet, title: 'Changed' }, status: { privacyStatus: 'unlisted' } };
  await api.videos.update({ part: ['snippet', 'status'], requestBody: changed }, at);
  const shown = (await api.videos.list({ id: [id], part: [...videoParts, 'contentDetails'] }, at)).data.items?.[0];
  assert.deepEqual(
    [
      shown?.snippet?.title,
      shown?.snippet?.description,
      shown?.status?.privacyStatus,
      shown?.contentDetails?.hasCustomThumbnail,
    ],
    ['Changed', snippet.description, 'unlisted', true],
  );

  const playlist = await api.playlists.insert({ part: ['snippet'], requestBody: { snippet: { title: 'Cup' } } }, at);
  const playlistId = playlist.data.id ?? '';
  const resourceId = { kind: 'youtube#video', videoId: id };
  await api.playlistItems.insert({ part: ['snippet'], requestBody: { snippet: { playlistId, resourceId } } }, at);
  const { data } = await api.playlistItems.list({ playlistId, part: ['contentDetails'] }, at);
  assert.deepEqual(
    data.items?.map((item) => item.contentDetails?.videoId),
    [id],
  );
});

/** `PYTHON` may name an interpreter that has google-api-python-client. */
const python = process.env.PYTHON ?? 'python3';
const installed = await run(python, ['-c', 'import googleapiclient, google.oauth2.credentials']).then(
  () => true,
  () => false,
);

test("Google's unmodified Python client publishes to the local YouTube", {
  skip: installed ? false : `${python} has no google-api-python-client`,
}, async (t) => {
  const { server, folder, granted, picture, recording } = await setUp(t);
  const file = path.join(folder, 'token.json');
  await saveSignIn(file, granted);
  const script = fileURLToPath(new URL('./google-client.py', import.meta.url));
  const { stdout } = await run(python, [script, server.url, file, recording, picture]);
  const made = JSON.parse(stdout);
  assert.deepEqual([made.title, made.thumbnail, made.playlist, made.chunks], ['Changed by Python', true, [made.id], 3]);
  for (const id of [made.id, made.atOnce]) {
    assert.ok((await recordingOf(folder, id)).equals(await readFile(recording)));
  }
});
