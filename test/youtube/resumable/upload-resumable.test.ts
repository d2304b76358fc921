import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { startLocalYouTube } from '../../../src/local-youtube/local-youtube.ts';
import { RejectedError, SessionLostError, UploadInterruptedError } from '../../../src/youtube/resumable/errors.ts';
import { assertKeepsSecret, atEnd, chunkBytes, inOrder, setUp, sha256, token, unit } from '../support.ts';

const sizes = [1, unit - 1, unit, unit + 1, chunkBytes - 1, chunkBytes, chunkBytes + 1, 2 * chunkBytes + 1];

for (const size of sizes) {
  test(`${size} bytes arrive as they are`, async (t) => {
    const setting = await setUp(t, { size });
    const { answer, sha256: fingerprint } = await setting.upload();
    const { id, bytes } = await setting.onlyVideo();
    assert.equal((answer as { id: string }).id, id);
    assert.ok(bytes.equals(setting.content));
    assert.equal(fingerprint, sha256(setting.content));
    assert.equal(setting.requests.filter((line) => line.startsWith('PUT')).length, Math.ceil(size / chunkBytes));
  });

  test(`${size} bytes, cut in the middle of a chunk: resumes where the server left off`, async (t) => {
    const cutAt = Math.max(1, Math.floor(Math.min(size, chunkBytes) * 0.7));
    const setting = await setUp(t, { size, faults: inOrder({ kind: 'drop', afterBytes: cutAt }) });
    const { sha256: fingerprint } = await setting.upload();
    assert.ok((await setting.onlyVideo()).bytes.equals(setting.content));
    assert.equal(fingerprint, sha256(setting.content));
    const kept = cutAt - (cutAt % unit);
    assert.equal(setting.requests[2], `PUT bytes */${size}`);
    assert.match(setting.requests[3] ?? '', new RegExp(`^PUT bytes ${kept}-`));
  });

  test(`${size} bytes, final answer lost: asks, and gets the same video`, async (t) => {
    const puts = Math.ceil(size / chunkBytes);
    const setting = await setUp(t, { size, faults: inOrder(...Array(puts - 1), { kind: 'loseAnswer' }) });
    const { answer } = await setting.upload();
    assert.equal((answer as { id: string }).id, (await setting.onlyVideo()).id);
    assert.ok(setting.requests.includes(`PUT bytes */${size}`));
  });
}

test('the session is stored before the first byte, and each byte is announced before it leaves', async (t) => {
  const order: string[] = [];
  const setting = await setUp(t, {
    size: 2 * chunkBytes + 1,
    faults: ({ method, contentRange }) => {
      order.push(`${method} ${contentRange ?? ''}`.trim());
      return undefined;
    },
  });
  const save: typeof setting.store.save = (session) => {
    order.push(session.sent);
    return setting.store.save(session);
  };
  const store = { ...setting.store, save };
  await setting.upload({ store });
  const total = 2 * chunkBytes + 1;
  assert.deepEqual(order.slice(0, 6), [
    'POST',
    'nothing',
    'some',
    `PUT bytes 0-${chunkBytes - 1}/${total}`,
    `PUT bytes ${chunkBytes}-${2 * chunkBytes - 1}/${total}`,
    'all',
  ]);
});

test('asked again after success, the session gives the same answer and no byte is sent', async (t) => {
  const setting = await setUp(t, { size: chunkBytes + 5 });
  const first = await setting.upload();
  setting.requests.length = 0;
  const second = await setting.upload();
  assert.deepEqual(second.answer, first.answer);
  assert.equal(second.sha256, sha256(setting.content));
  assert.equal(setting.requests[0], `PUT bytes */${chunkBytes + 5}`);
  await setting.onlyVideo();
});

test('a truncated final answer counts as lost', async (t) => {
  const setting = await setUp(t, { size: 1000, faults: inOrder({ kind: 'truncateAnswer' }) });
  const { answer } = await setting.upload();
  assert.equal((answer as { id: string }).id, (await setting.onlyVideo()).id);
});

test('503 with Retry-After: waits as long as asked, asks, continues; also after part of a chunk', async (t) => {
  const waits: number[] = [];
  const setting = await setUp(t, {
    size: 2 * chunkBytes,
    faults: inOrder({ kind: 'answer', status: 503, headers: { 'retry-after': '7' } }, undefined, {
      kind: 'answer',
      status: 503,
      afterBytes: unit + 10,
    }),
  });
  const sleep = async (ms: number) => void waits.push(ms);
  await setting.upload({ retry: { attempts: 3, minDelayMs: 100, maxDelayMs: 1000, sleep, random: () => 0 } });
  assert.ok((await setting.onlyVideo()).bytes.equals(setting.content));
  assert.deepEqual(waits, [7000, 100]);
  assert.deepEqual(setting.requests.slice(1, 6), [
    `PUT bytes 0-${chunkBytes - 1}/${2 * chunkBytes}`,
    `PUT bytes */${2 * chunkBytes}`,
    // Chunks become shorter after a failure.
    `PUT bytes 0-${chunkBytes / 2 - 1}/${2 * chunkBytes}`,
    `PUT bytes */${2 * chunkBytes}`,
    `PUT bytes ${unit}-${unit + chunkBytes / 4 - 1}/${2 * chunkBytes}`,
  ]);
});

for (const status of [408, 429, 500, 502, 504]) {
  test(`${status} is waited out, for a status question too`, async (t) => {
    const setting = await setUp(t, {
      size: chunkBytes + 1,
      faults: inOrder({ kind: 'answer', status }, { kind: 'answer', status }, { kind: 'drop' }),
    });
    await setting.upload();
    assert.ok((await setting.onlyVideo()).bytes.equals(setting.content));
    assert.equal(setting.requests.filter((line) => line.startsWith('POST')).length, 1, 'one session only');
  });
}

test('a failed start is retried', async (t) => {
  const setting = await setUp(t, {
    size: 10,
    faults: ({ number }) =>
      number === 1 ? { kind: 'answer', status: 503 } : number === 2 ? { kind: 'drop' } : undefined,
  });
  await setting.upload();
  await setting.onlyVideo();
});

test('401 in the middle: a new token, the same session', async (t) => {
  const setting = await setUp(t, { size: 2 * chunkBytes, faults: inOrder(undefined, { kind: 'answer', status: 401 }) });
  const asked: (boolean | undefined)[] = [];
  const authorize = async (options?: { refresh?: boolean }) => {
    asked.push(options?.refresh);
    return token;
  };
  await setting.upload({ authorize });
  assert.ok((await setting.onlyVideo()).bytes.equals(setting.content));
  assert.deepEqual(asked, [false, false, false, true, false]);
  assert.equal(setting.requests.filter((line) => line.startsWith('POST')).length, 1);
});

test('401 for the new token too: rejected, the session stays', async (t) => {
  const refuse = { kind: 'answer', status: 401, reason: 'authError' } as const;
  const setting = await setUp(t, { size: 10, faults: inOrder(refuse, refuse) });
  const error = await setting.upload().catch((thrown: unknown) => thrown);
  assert.ok(error instanceof RejectedError);
  assert.equal(error.api.reason, 'authError');
  assertKeepsSecret(error, await setting.store.load());
});

for (const status of [404, 410]) {
  test(`${status}: the session is lost, and the error says what may have been sent`, async (t) => {
    const setting = await setUp(t, {
      size: 2 * chunkBytes,
      faults: inOrder({ kind: 'answer', status }, { kind: 'answer', status }, undefined, { kind: 'answer', status }),
    });
    const first = await setting.upload().catch((thrown: unknown) => thrown);
    assert.ok(first instanceof SessionLostError);
    assert.deepEqual([first.bytesMayHaveBeenSent, first.lastByteMayHaveBeenSent], [true, false]);
    assertKeepsSecret(first, await setting.store.load());

    const resumed = await setting.upload().catch((thrown: unknown) => thrown);
    assert.ok(resumed instanceof SessionLostError);
    await setting.store.clear();

    const atTheEnd = await setting.upload().catch((thrown: unknown) => thrown);
    assert.ok(atTheEnd instanceof SessionLostError);
    assert.equal(atTheEnd.lastByteMayHaveBeenSent, true);
  });
}

test('a session lost before anything was sent says so', async (t) => {
  const setting = await setUp(t, { size: 10, faults: inOrder({ kind: 'answer', status: 404 }) });
  await setting.upload({ beforeChunk: () => Promise.reject(new Error('stop')) }).catch(() => {});
  const error = await setting.upload().catch((thrown: unknown) => thrown);
  assert.ok(error instanceof SessionLostError);
  assert.equal(error.bytesMayHaveBeenSent, false);
});

test('fewer bytes kept than sent: only the server is believed', async (t) => {
  const setting = await setUp(t, {
    size: 2 * chunkBytes,
    faults: inOrder({ kind: 'keep', bytes: unit }, { kind: 'keep', bytes: 0 }, { kind: 'keep', bytes: 3 * unit }),
  });
  const seen: number[] = [];
  const { sha256: fingerprint } = await setting.upload({ onProgress: ({ sent }) => seen.push(sent) });
  assert.ok((await setting.onlyVideo()).bytes.equals(setting.content));
  assert.equal(fingerprint, sha256(setting.content));
  assert.equal(seen.at(-1), 2 * chunkBytes);
  assert.ok(
    seen.some((sent, index) => sent < (seen[index - 1] ?? 0)),
    'progress went back when bytes were not kept',
  );
});

test('a server that keeps nothing leads to an interruption, not an endless loop', async (t) => {
  const setting = await setUp(t, {
    size: chunkBytes,
    faults: ({ method }) => (method === 'PUT' ? { kind: 'keep', bytes: 0 } : undefined),
  });
  const error = await setting.upload().catch((thrown: unknown) => thrown);
  assert.ok(error instanceof UploadInterruptedError);
  assertKeepsSecret(error, await setting.store.load());
});

test('a refused chunk: the reason comes through, and the session stays', async (t) => {
  const refuse = { kind: 'answer', status: 403, reason: 'quotaExceeded', domain: 'youtube.quota' } as const;
  const setting = await setUp(t, { size: 10, faults: inOrder(refuse) });
  const error = await setting.upload().catch((thrown: unknown) => thrown);
  assert.ok(error instanceof RejectedError);
  assert.deepEqual([error.api.status, error.api.reason, error.step], [403, 'quotaExceeded', 'session']);
  assertKeepsSecret(error, await setting.store.load());
  await setting.upload();
  await setting.onlyVideo();
});

test('a refused start opens no session', async (t) => {
  const setting = await setUp(t, { size: 10 });
  const error = await setting.upload({ startBody: '{"snippet":{"title":""}}' }).catch((thrown: unknown) => thrown);
  assert.ok(error instanceof RejectedError);
  assert.deepEqual([error.api.reason, error.step, error.bytesMayHaveBeenSent], ['invalidTitle', 'start', false]);
  assert.equal(await setting.store.load(), undefined);
});

test('retries used up: interrupted, and the next call resumes from there', async (t) => {
  let down = false;
  const setting = await setUp(t, {
    size: 3 * chunkBytes,
    faults: ({ contentRange }) => {
      if (contentRange?.startsWith(`bytes ${chunkBytes}-`)) down = true;
      return down ? { kind: 'drop' } : undefined;
    },
  });
  const error = await setting.upload().catch((thrown: unknown) => thrown);
  assert.ok(error instanceof UploadInterruptedError);
  assert.deepEqual([error.bytesMayHaveBeenSent, error.lastByteMayHaveBeenSent], [true, false]);
  assertKeepsSecret(error, await setting.store.load());
  setting.requests.length = 0;
  const port = setting.server.port;
  await setting.server.close();

  const again = await startLocalYouTube({ folder: path.join(setting.folder, 'youtube'), port });
  atEnd(t, () => again.close());
  const { sha256: fingerprint } = await setting.upload();
  assert.ok((await setting.onlyVideo()).bytes.equals(setting.content));
  assert.equal(fingerprint, sha256(setting.content), 'hashed in a pass of its own');
});

test('the server is restarted between two chunks', async (t) => {
  const setting = await setUp(t, { size: 3 * chunkBytes + 7 });
  let chunks = 0;
  const beforeChunk = async () => {
    chunks += 1;
    if (chunks !== 2) return;
    await setting.server.close();
    const again = await startLocalYouTube({ folder: path.join(setting.folder, 'youtube'), port: setting.server.port });
    atEnd(t, () => again.close());
  };
  await setting.upload({ beforeChunk });
  assert.ok((await setting.onlyVideo()).bytes.equals(setting.content));
});

test('a Retry-After longer than allowed ends the call and is reported', async (t) => {
  const setting = await setUp(t, {
    size: 10,
    faults: inOrder({ kind: 'answer', status: 429, headers: { 'retry-after': '3600' } }),
  });
  const error = await setting.upload().catch((thrown: unknown) => thrown);
  assert.ok(error instanceof UploadInterruptedError);
  assert.equal(error.retryAfterMs, 3_600_000);
});

test('a connection on which nothing moves is given up', async (t) => {
  const setting = await setUp(t, {
    size: 2 * chunkBytes,
    faults: inOrder({ kind: 'stall', afterBytes: unit }, { kind: 'stall' }),
  });
  await setting.upload({ stallTimeoutMs: 150 });
  assert.ok((await setting.onlyVideo()).bytes.equals(setting.content));
});

test("an abort ends a stalled upload immediately, and rejects with the signal's reason", async (t) => {
  const setting = await setUp(t, { size: chunkBytes, faults: inOrder({ kind: 'stall', afterBytes: unit }) });
  const reason = new Error('cancelled');
  const controller = new AbortController();
  const begin = performance.now();
  setTimeout(() => controller.abort(reason), 100);
  await assert.rejects(setting.upload({ signal: controller.signal }), reason);
  assert.ok(performance.now() - begin < 2_000);
  await setting.upload();
  await setting.onlyVideo();
});

test('whatever beforeChunk throws ends the upload before a byte leaves', async (t) => {
  const setting = await setUp(t, { size: 10 });
  const fence = new Error('another attempt has taken over');
  await assert.rejects(setting.upload({ beforeChunk: () => Promise.reject(fence) }), fence);
  assert.equal(setting.requests.length, 1);
  assert.equal((await setting.store.load())?.sent, 'nothing');
});

test('chunks that the protocol does not allow are a programming error', async (t) => {
  const setting = await setUp(t, { size: 10 });
  await assert.rejects(setting.upload({ chunkBytes: unit + 1 }), RangeError);
});
