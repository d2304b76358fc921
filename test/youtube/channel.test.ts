import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { promisify } from 'node:util';
import { StageError } from '../../src/domain/errors.ts';
import type { FaultScript } from '../../src/local-youtube/fault.ts';
import type { LocalYouTubeOptions } from '../../src/local-youtube/local-youtube.ts';
import { localAuth } from '../../src/youtube/auth.ts';
import { createYouTube, type YouTubeOptions } from '../../src/youtube/channel.ts';
import { assertKeepsSecret, chunkBytes, idTag, inOrder, metadata, setUp, sha256 } from './support.ts';

const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(5000, 7)]);

async function connect(
  t: TestContext,
  options: { faults?: FaultScript; server?: Partial<LocalYouTubeOptions>; youtube?: Partial<YouTubeOptions> } = {},
) {
  const { faults, server } = options;
  const setting = await setUp(t, { ...server, size: 2 * chunkBytes + 1, ...(faults && { faults }) });
  const youtube = createYouTube({
    rootUrl: setting.server.url,
    auth: localAuth(),
    chunkBytes,
    retry: { attempts: 3, minDelayMs: 5, maxDelayMs: 20 },
    ...options.youtube,
  });
  const video = { file: setting.file, size: setting.content.length, metadata, store: setting.store };
  return { ...setting, youtube, video };
}

async function failure(promise: Promise<unknown>): Promise<StageError> {
  const error = await promise.then(
    () => assert.fail('it should have failed'),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof StageError, String(error));
  return error;
}

test('upload, read back, thumbnail, update, find', async (t) => {
  const ahead = { ms: 0 };
  const { youtube, video, server, content } = await connect(t, {
    server: { processingMs: 3_600_000, now: () => Date.now() + ahead.ms },
  });
  const seen: number[] = [];
  const { id, sha256: fingerprint } = await youtube.uploadVideo({
    ...video,
    onProgress: ({ sent }) => seen.push(sent),
  });
  assert.match(id, /^[\w-]{11}$/);
  assert.equal(fingerprint, sha256(content));
  assert.equal(seen.at(-1), content.length);

  const first = await youtube.getVideo(id);
  assert.equal(first?.uploadStatus, 'uploaded');
  assert.deepEqual(
    [first.title, first.description, first.tags, first.privacy, first.fileSize, first.hasCustomThumbnail],
    [metadata.title, metadata.description, metadata.tags, 'unlisted', content.length, false],
  );

  const picture = path.join(path.dirname(video.file), 'thumbnail.jpg');
  await writeFile(picture, jpeg);
  await youtube.setThumbnail(id, picture);
  const withPicture = await youtube.getVideo(id);
  assert.equal(withPicture?.hasCustomThumbnail, true);
  assert.ok(Buffer.from(await (await fetch(withPicture.thumbnail ?? '')).arrayBuffer()).equals(jpeg));

  await youtube.updateVideo(id, { ...metadata, title: 'Another title', privacy: 'public' });
  ahead.ms = 3_600_000;
  const changed = await youtube.getVideo(id);
  assert.deepEqual(
    [changed?.title, changed?.privacy, changed?.tags, changed?.uploadStatus],
    ['Another title', 'public', metadata.tags, 'processed'],
  );

  assert.equal(await youtube.findByIdTag(idTag), id);
  assert.equal(await youtube.findByIdTag('video-ffffffffffffffff'), undefined);
  assert.equal(await youtube.getVideo('AAAAAAAAAAA'), undefined);
  assert.equal((await youtube.getChannel()).title, 'Rehearsal channel');
  assert.equal(youtube.watchUrl(id), `${server.url}watch?v=${id}`);
  assert.equal((await fetch(youtube.watchUrl(id))).status, 200);
});

test('a change sends back what was read, with only what is asked different', async (t) => {
  const { youtube, video, server } = await connect(t);
  const { id } = await youtube.uploadVideo(video);
  const other = { ...metadata, tags: [...metadata.tags, 'by hand'], language: 'vi', privacy: 'unlisted' as const };
  await youtube.updateVideo(id, other);
  const before = (await youtube.getEditable(id)) ?? assert.fail('it is there');
  const units = server.spent().units;
  await youtube.changeVideo(id, before, { title: 'Another title' });
  assert.equal(server.spent().units - units, 50);
  const after = (await youtube.getEditable(id)) ?? assert.fail('it is there');
  assert.deepEqual(after, {
    ...before,
    title: 'Another title',
    writable: { ...before.writable, snippet: { ...before.writable.snippet, title: 'Another title' } },
  });
  const publishAt = new Date(Date.now() + 3_600_000).toISOString();
  await youtube.changeVideo(id, after, { visibility: { privacy: 'private', publishAt } });
  const scheduled = (await youtube.getEditable(id)) ?? assert.fail('it is there');
  assert.deepEqual([scheduled.privacy, scheduled.publishAt, scheduled.title], ['private', publishAt, 'Another title']);
  await youtube.changeVideo(id, scheduled, { visibility: { privacy: 'public' } });
  const published = await youtube.getEditable(id);
  assert.deepEqual([published?.privacy, published?.publishAt], ['public', undefined]);
});

test('the declarations are always made', async (t) => {
  const { youtube, video, server, folder } = await connect(t);
  const { id } = await youtube.uploadVideo(video);
  const stored = JSON.parse(await readFile(path.join(folder, 'youtube', 'videos', id, 'video.json'), 'utf8'));
  assert.deepEqual(stored.status, {
    privacyStatus: 'unlisted',
    selfDeclaredMadeForKids: false,
    containsSyntheticMedia: false,
  });
  assert.equal(stored.recordingDetails.recordingDate, '2024-12-15T00:00:00Z');
  assert.equal(stored.contentType, 'video/quicktime');
  await server.close();
});

test('each request counts, including those that Google’s client retries itself', async (t) => {
  const { youtube, requests } = await connect(t, {
    faults: ({ number }) => (number < 3 ? { kind: 'answer', status: 503 } : undefined),
  });
  const spent: number[] = [];
  await youtube.accountedTo(({ units }) => spent.push(units)).getVideo('AAAAAAAAAAA');
  assert.deepEqual([spent, requests.length], [[1, 1, 1], 3]);
});

test('called again, the upload gives the same id; once the session is cleared, it is a new upload', async (t) => {
  const { youtube, video, store } = await connect(t);
  const { id } = await youtube.uploadVideo(video);
  assert.equal((await youtube.uploadVideo(video)).id, id);
  await store.clear();
  assert.notEqual((await youtube.uploadVideo(video)).id, id);
});

test('a session lost before the last byte is replaced: one video', async (t) => {
  const setting = await connect(t, { faults: inOrder(undefined, { kind: 'answer', status: 404 }) });
  const { id } = await setting.youtube.uploadVideo(setting.video);
  assert.equal((await setting.onlyVideo()).id, id);
  assert.equal(setting.requests.filter((line) => line.startsWith('POST')).length, 2);
});

test('a session lost after the last byte is an unknown outcome: no other session is opened', async (t) => {
  const gone = { kind: 'answer', status: 404 } as const;
  const setting = await connect(t, {
    faults: ({ method, contentRange }) =>
      contentRange?.startsWith(`bytes ${2 * chunkBytes}-`)
        ? { kind: 'loseAnswer' }
        : method === 'PUT' && contentRange?.startsWith('bytes */')
          ? gone
          : undefined,
  });
  for (const attempt of [1, 2]) {
    const error = await failure(setting.youtube.uploadVideo(setting.video));
    assert.equal(error.code, 'UPLOAD_OUTCOME_UNKNOWN', `attempt ${attempt}`);
    assertKeepsSecret(error, await setting.store.load());
  }
  assert.equal(setting.requests.filter((line) => line.startsWith('POST')).length, 1);
  assert.equal(await setting.youtube.findByIdTag(idTag), (await setting.onlyVideo()).id);
});

test('an upload failure is a StageError that says what can be done', async (t) => {
  const cases: [Parameters<typeof inOrder>[0], string, string][] = [
    [{ kind: 'answer', status: 403, reason: 'quotaExceeded' }, 'QUOTA_EXHAUSTED', 'retry'],
    [{ kind: 'answer', status: 400, reason: 'uploadLimitExceeded' }, 'UPLOAD_LIMIT_REACHED', 'retry'],
    [{ kind: 'answer', status: 403, reason: 'rateLimitExceeded' }, 'UPLOAD_INTERRUPTED', 'retry'],
    [{ kind: 'answer', status: 503, headers: { 'retry-after': '900' } }, 'UPLOAD_INTERRUPTED', 'retry'],
  ];
  for (const [fault, code, remedy] of cases) {
    const setting = await connect(t, { faults: inOrder(fault) });
    const error = await failure(setting.youtube.uploadVideo(setting.video));
    assert.deepEqual([error.code, error.remedy], [code, remedy]);
    assertKeepsSecret(error, await setting.store.load());
  }
  const setting = await connect(t);
  const bad = { ...setting.video, metadata: { ...metadata, title: 'a < b' } };
  assert.equal((await failure(setting.youtube.uploadVideo(bad))).code, 'METADATA_INVALID');
  const changed = await failure(setting.youtube.uploadVideo({ ...setting.video, size: 5 }));
  assert.deepEqual([changed.code, changed.remedy], ['FILE_CHANGED', 'fix']);
});

test('metadata calls: a 401 is answered with a fresh token, and failures are StageErrors without the token', async (t) => {
  const faults: FaultScript = ({ path: at, number }) => {
    if (at === '/youtube/v3/channels' && number === 1) return { kind: 'answer', status: 401, reason: 'authError' };
    if (at === '/upload/youtube/v3/thumbnails/set') {
      return { kind: 'answer', status: 403, reason: 'forbidden', domain: 'youtube.thumbnail' };
    }
    return undefined;
  };
  const asked: (boolean | undefined)[] = [];
  const auth = {
    authorize: async (options?: { refresh?: boolean }) => {
      asked.push(options?.refresh);
      return { authorization: 'Bearer SECRET-TOKEN' };
    },
  };
  const { youtube, folder } = await connect(t, { faults, youtube: { auth } });
  assert.equal((await youtube.getChannel()).title, 'Rehearsal channel');
  assert.deepEqual(asked, [false, true]);

  const picture = path.join(folder, 'thumbnail.jpg');
  await writeFile(picture, jpeg);
  const error = await failure(youtube.setThumbnail('AAAAAAAAAAA', picture));
  assert.equal(error.code, 'THUMBNAIL_REJECTED');
  assert.match(error.action, /verify/);
  assert.ok(!JSON.stringify(error, Object.getOwnPropertyNames(error)).includes('SECRET-TOKEN'));
  assert.equal(error.cause, undefined);

  const missing = await failure(youtube.updateVideo('AAAAAAAAAAA', metadata));
  assert.equal(missing.code, 'PUBLISH_NOT_CONFIRMED');

  await writeFile(picture, Buffer.alloc(2_000_001));
  assert.match((await failure(youtube.setThumbnail('AAAAAAAAAAA', picture))).message, /more than 2 MB/);
  const { youtube: generous } = await connect(t, { youtube: { largestThumbnailBytes: 3_000_000 } });
  assert.doesNotMatch((await failure(generous.setThumbnail('AAAAAAAAAAA', picture))).message, /MB/);
});

test('nobody listening: retry', async () => {
  const youtube = createYouTube({ rootUrl: 'http://127.0.0.1:1/', auth: localAuth() });
  const error = await failure(youtube.getVideo('AAAAAAAAAAA'));
  assert.deepEqual([error.code, error.remedy], ['UPLOAD_INTERRUPTED', 'retry']);
});

test('a cancelled call throws the reason of its signal', async () => {
  const youtube = createYouTube({ rootUrl: 'http://127.0.0.1:1/', auth: localAuth() });
  const reason = new Error('cancelled');
  await assert.rejects(youtube.getVideo('AAAAAAAAAAA', { signal: AbortSignal.abort(reason) }), reason);
});

test("Google's addresses lead to youtube.com", () => {
  const youtube = createYouTube({ rootUrl: 'https://youtube.googleapis.com/', auth: localAuth() });
  assert.equal(youtube.watchUrl('dQw4w9WgXcQ'), 'https://www.youtube.com/watch?v=dQw4w9WgXcQ');
});

test("Google's client is not loaded until it is used", async () => {
  const script = `
    import { createYouTube } from ${JSON.stringify(new URL('../../src/youtube/channel.ts', import.meta.url).href)};
    import { fileAuth } from ${JSON.stringify(new URL('../../src/youtube/auth.ts', import.meta.url).href)};
    import { createRequire } from 'node:module';
    createYouTube({ rootUrl: 'http://127.0.0.1:1/', auth: fileAuth('/nowhere') });
    const loaded = Object.keys(createRequire(import.meta.url).cache).filter((file) => /google/.test(file));
    process.stdout.write(String(loaded.length));`;
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script]);
  assert.equal(stdout, '0');
});
