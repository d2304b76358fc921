/**
 * One upload in its own process: `node send.ts plain|resumable ROOT FILE [WARM]`. Sends milliseconds from the first
 * request to the last answer, and the most resident bytes that were added, to the process that started it.
 */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import http from 'node:http';
import { pipeline } from 'node:stream/promises';
import { type SessionStore, type UploadSession, uploadResumable } from '../../src/youtube/resumable/index.ts';

/** What `createReadStream` passes on at a time: with its own 64 KiB a plain upload is only half as fast. */
const plainBlockBytes = 1_048_576;
const start = 'upload/youtube/v3/videos?uploadType=resumable&part=snippet,status';
const startHeaders = { 'content-type': 'application/json', authorization: 'Bearer bench' };
const startBody = JSON.stringify({
  snippet: { title: 'Bench', categoryId: '17' },
  status: { privacyStatus: 'private', selfDeclaredMadeForKids: false },
});

const [way, root = '', file = '', warm] = process.argv.slice(2);
const send = way === 'plain' ? plain : resumable;
if (warm) await send(warm);
const before = process.memoryUsage.rss();
let most = before;
const watching = setInterval(() => {
  most = Math.max(most, process.memoryUsage.rss());
}, 50);
const began = performance.now();
await send(file);
const ms = performance.now() - began;
clearInterval(watching);
process.send?.({ ms, grownBytes: most - before });
process.disconnect();

/** One PUT of the whole file; into a session, because that is the only PUT a local YouTube accepts. */
async function plain(path: string): Promise<void> {
  const { size } = await stat(path);
  const opened = await fetch(`${root}${start}`, {
    method: 'POST',
    headers: { ...startHeaders, 'x-upload-content-type': 'video/mp4', 'x-upload-content-length': String(size) },
    body: startBody,
  });
  const session = new URL(opened.headers.get('location') ?? '', root);
  const request = http.request(session, {
    method: 'PUT',
    headers: { authorization: 'Bearer bench', 'content-type': 'video/mp4', 'content-length': size },
  });
  const answered = new Promise<number | undefined>((resolve, reject) => {
    request.on('response', (response) => response.resume().on('end', () => resolve(response.statusCode)));
    request.on('error', reject);
  });
  await pipeline(createReadStream(path, { highWaterMark: plainBlockBytes }), request);
  const status = await answered;
  if (status !== 200) throw new Error(`The plain upload was answered with ${status}`);
}

async function resumable(path: string): Promise<void> {
  const { size } = await stat(path);
  const { sha256 } = await uploadResumable({
    startUrl: `${root}${start}`,
    startHeaders,
    startBody,
    file: path,
    size,
    contentType: 'video/mp4',
    authorize: async () => ({ authorization: 'Bearer bench' }),
    store: memoryStore(),
    chunkBytes: 1024 * 1_048_576,
    stallTimeoutMs: 60_000,
  });
  if (!sha256) throw new Error('The upload was not hashed');
}

function memoryStore(): SessionStore {
  let stored: UploadSession | undefined;
  return {
    load: async () => stored,
    save: async (session) => {
      stored = session;
    },
    clear: async () => {
      stored = undefined;
    },
  };
}
