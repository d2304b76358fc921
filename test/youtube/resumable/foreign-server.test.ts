import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { RejectedError, UploadInterruptedError } from '../../../src/youtube/resumable/errors.ts';
import { hashFile } from '../../../src/youtube/resumable/hash-file.ts';
import { uploadResumable } from '../../../src/youtube/resumable/upload-resumable.ts';
import {
  assertKeepsSecret,
  atEnd,
  chunkBytes,
  fileStore,
  plainUpload,
  randomFile,
  sha256,
  temporaryFolder,
} from '../support.ts';

/** A server written from the protocol's text alone, to test the client against something other than our own. */
async function serve(
  t: TestContext,
  handle: (request: IncomingMessage, body: Buffer, response: ServerResponse) => void,
) {
  const server = http.createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    handle(request, Buffer.concat(parts), response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  atEnd(t, () => server.closeAllConnections());
  atEnd(t, () => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

async function prepare(t: TestContext, size: number) {
  const folder = await temporaryFolder(t);
  return { file: await randomFile(folder, size), size, store: fileStore(folder) };
}

test('a relative Location, "0-X" without a unit, and 201 at the end', async (t) => {
  const { file, size, store } = await prepare(t, 2 * chunkBytes + 9);
  const stored: Buffer[] = [];
  const heads: http.IncomingHttpHeaders[] = [];
  const url = await serve(t, (request, body, response) => {
    heads.push(request.headers);
    if (request.method === 'POST') return response.writeHead(200, { location: '/session?upload_id=abc' }).end();
    stored.push(body);
    const have = Buffer.concat(stored).length;
    if (have === size) return response.writeHead(201).end('{"id":"x"}');
    return response.writeHead(308, { range: `0-${have - 1}` }).end();
  });
  const { answer } = await uploadResumable(plainUpload(url, file, size, store));
  assert.deepEqual(answer, { id: 'x' });
  assert.ok(Buffer.concat(stored).equals(await readFile(file)));
  assert.equal(heads[0]?.['x-upload-content-length'], String(size));
  assert.equal(heads[0]?.['x-upload-content-type'], 'video/quicktime');
  assert.deepEqual(
    heads.slice(1).map((head) => [head['content-range'], head['content-length'], head['content-type']]),
    [
      [`bytes 0-${chunkBytes - 1}/${size}`, String(chunkBytes), 'video/quicktime'],
      [`bytes ${chunkBytes}-${2 * chunkBytes - 1}/${size}`, String(chunkBytes), 'video/quicktime'],
      [`bytes ${2 * chunkBytes}-${size - 1}/${size}`, '9', 'video/quicktime'],
    ],
  );
});

test('a refusal that repeats the session address does not leak it into the error', async (t) => {
  const { file, size, store } = await prepare(t, 10);
  const secret = 'AEnB2UqSECRETsecretSECRET';
  const url = await serve(t, (request, _body, response) => {
    if (request.method === 'POST') return response.writeHead(200, { location: `/s?upload_id=${secret}` }).end();
    const message = `Refused http://${request.headers.host}${request.url} (upload_id: ${secret}) Bearer abc`;
    return response.writeHead(400).end(JSON.stringify({ error: { message, errors: [{ reason: 'badRequest' }] } }));
  });
  const error = await uploadResumable(plainUpload(url, file, size, store)).catch((thrown: unknown) => thrown);
  // The status question is refused as well, and its refusal is the one that counts.
  assert.ok(error instanceof RejectedError);
  assert.equal(error.api.reason, 'badRequest');
  assert.ok(!error.message.includes('Bearer abc'));
  assertKeepsSecret(error, await store.load());
});

test('an impossible range is not believed', async (t) => {
  const { file, size, store } = await prepare(t, 10);
  const url = await serve(t, (request, _body, response) => {
    if (request.method === 'POST') return response.writeHead(200, { location: '/s' }).end();
    return response.writeHead(308, { range: 'bytes=0-99' }).end();
  });
  await assert.rejects(uploadResumable(plainUpload(url, file, size, store)), UploadInterruptedError);
});

test('everything stored and no answer: it asks, and sends nothing twice', async (t) => {
  const { file, size, store } = await prepare(t, 10);
  const ranges: (string | undefined)[] = [];
  const url = await serve(t, (request, _body, response) => {
    if (request.method === 'POST') return response.writeHead(200, { location: '/s' }).end();
    ranges.push(request.headers['content-range']);
    if (ranges.length < 3) return response.writeHead(308, { range: 'bytes=0-9' }).end();
    return response.writeHead(200).end('{"id":"y"}');
  });
  const { answer } = await uploadResumable(plainUpload(url, file, size, store));
  assert.deepEqual(answer, { id: 'y' });
  assert.deepEqual(ranges, ['bytes 0-9/10', 'bytes */10', 'bytes */10']);
});

test('a server that keeps any number of bytes: the parts are contiguous, and the hash is right', async (t) => {
  const { file, size, store } = await prepare(t, 2 * chunkBytes + 77);
  let stored: Buffer = Buffer.alloc(0);
  let puts = 0;
  const url = await serve(t, (request, body, response) => {
    if (request.method === 'POST') return response.writeHead(200, { location: '/s' }).end();
    puts += 1;
    const kept = puts <= 3 ? body.subarray(0, 300_001) : body;
    stored = Buffer.concat([stored, kept]);
    if (stored.length === size) return response.writeHead(200).end('{"id":"z"}');
    return response.writeHead(308, { range: `bytes=0-${stored.length - 1}` }).end();
  });
  const { sha256: fingerprint } = await uploadResumable(plainUpload(url, file, size, store));
  assert.ok(stored.equals(await readFile(file)));
  assert.equal(fingerprint, sha256(stored));
});

test('401 at the start: a new token once, then a refusal', async (t) => {
  const { file, size, store } = await prepare(t, 10);
  const url = await serve(t, (request, _body, response) => {
    if (request.headers.authorization === 'Bearer old') return response.writeHead(401).end();
    if (request.method === 'POST') return response.writeHead(200, { location: '/s' }).end();
    return response.writeHead(200).end('{"id":"n"}');
  });
  const bearer = (text: string) => ({ authorization: `Bearer ${text}` });
  const never = { ...plainUpload(url, file, size, store), authorize: async () => bearer('old') };
  await assert.rejects(uploadResumable(never), (error) => error instanceof RejectedError && error.api.status === 401);
  const renewed = { ...never, authorize: async (o?: { refresh?: boolean }) => bearer(o?.refresh ? 'new' : 'old') };
  // Every request begins with the old token here, so that each of them is renewed.
  assert.deepEqual((await uploadResumable(renewed)).answer, { id: 'n' });
});

test('a start that names no usable address is refused', async (t) => {
  const { file, size, store } = await prepare(t, 10);
  const headers = { location: 'ftp://example.org/s' };
  const url = await serve(t, (_request, _body, response) => response.writeHead(200, headers).end());
  await assert.rejects(uploadResumable(plainUpload(url, file, size, store)), RejectedError);
});

test('a start whose answer lost the address on the way is repeated', async (t) => {
  const { file, size, store } = await prepare(t, 10);
  let starts = 0;
  const url = await serve(t, (request, _body, response) => {
    if (request.method === 'PUT') return response.writeHead(200).end('{"id":"n"}');
    starts += 1;
    return response.writeHead(200, starts === 1 ? {} : { location: '/s' }).end();
  });
  assert.deepEqual((await uploadResumable(plainUpload(url, file, size, store))).answer, { id: 'n' });
  assert.equal(starts, 2);
});

test('nobody listening: interrupted, and certain that nothing was sent', async (t) => {
  const { file, size, store } = await prepare(t, 10);
  const url = await serve(t, () => {});
  const error = await uploadResumable(plainUpload(url.replace(/:\d+/, ':1'), file, size, store)).catch(
    (e: unknown) => e,
  );
  assert.ok(error instanceof UploadInterruptedError);
  assert.equal(error.bytesMayHaveBeenSent, false);
});

test('hashFile: SHA-256, and an abort', async (t) => {
  const { file } = await prepare(t, 3_000_001);
  assert.equal(await hashFile(file), sha256(await readFile(file)));
  const reason = new Error('stop');
  await assert.rejects(hashFile(file, { signal: AbortSignal.abort(reason) }), reason);
});
