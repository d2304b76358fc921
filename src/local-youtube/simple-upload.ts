import { createReadStream, createWriteStream } from 'node:fs';
import { open, rm, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { Context } from 'hono';
import type { LocalYouTubeEnv } from './env.ts';
import { badRequest } from './google-answer.ts';

/** Bytes in which the metadata of a multipart upload must end. */
const largestHead = 1_048_576;

/** The contents of a request that carries the whole video. */
export interface SimpleUpload {
  readonly resource: Record<string, unknown>;
  readonly contentType: string;
  /** Bytes. */
  readonly size: number;
  /** Writes the video alone into the file. */
  save(file: string): Promise<void>;
  /** Removes what was received. */
  discard(): Promise<void>;
}

/**
 * Receives a video in one request: `uploadType=media`, the bare video, or `uploadType=multipart`, a JSON resource and
 * the video as multipart/related (RFC 2387). It goes through a file, not through memory.
 *
 * @param received where to keep it meanwhile
 * @throws GoogleError
 */
export async function receiveSimpleUpload(c: Context<LocalYouTubeEnv>, received: string): Promise<SimpleUpload> {
  const contentType = c.req.header('content-type') ?? '';
  const discard = () => rm(received, { force: true });
  try {
    await pipeline(c.env.incoming.iterator({ destroyOnReturn: false }), createWriteStream(received, { mode: 0o600 }));
    const whole = { resource: {}, contentType, start: 0, end: (await stat(received)).size };
    const { start, end, ...upload } = /^multipart\/related/i.test(contentType)
      ? await readMultipart(received, contentType)
      : whole;
    if (end <= start) throw badRequest('mediaBodyRequired', 'The request has no media', 'youtube.video');
    const save = (file: string) =>
      pipeline(createReadStream(received, { start, end: end - 1 }), createWriteStream(file, { mode: 0o600 }));
    return { ...upload, size: end - start, save, discard };
  } catch (error) {
    await discard();
    throw error;
  }
}

async function readMultipart(file: string, contentType: string) {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (!boundary) throw badRequest('badContent', 'The multipart request names no boundary');
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const head = Buffer.alloc(Math.min(size, largestHead));
    await handle.read(head, 0, head.length, 0);
    // RFC 2046 says CRLF; Google's Python client sends LF alone, and Google takes it.
    const newline = head.includes(`--${boundary}\r\n`) ? '\r\n' : '\n';
    const first = readPart(head, head.indexOf(`--${boundary}`), newline);
    const next = head.indexOf(`${newline}--${boundary}`, first.body);
    const second = readPart(head, next < 0 ? -1 : next + newline.length, newline);
    const tail = Buffer.alloc(Math.min(size - second.body, boundary.length + 16));
    await handle.read(tail, 0, tail.length, size - tail.length);
    const close = tail.lastIndexOf(`${newline}--${boundary}--`);
    if (close < 0) throw badRequest('badContent', 'The multipart request has no end');
    const resource = JSON.parse(head.toString('utf8', first.body, next)) as Record<string, unknown>;
    return { resource, contentType: second.contentType, start: second.body, end: size - tail.length + close };
  } catch (error) {
    if (error instanceof SyntaxError) throw badRequest('parseError', 'The metadata is not JSON');
    throw error;
  } finally {
    await handle.close();
  }
}

/** The headers of a part that begins with its boundary at `from`, and where its body begins. */
function readPart(head: Buffer, from: number, newline: string): { contentType: string; body: number } {
  const end = from < 0 ? -1 : head.indexOf(newline + newline, from);
  if (end < 0) throw badRequest('badContent', 'A multipart request has two parts, the metadata first');
  const headers = head.toString('latin1', from, end);
  const contentType = /^content-type:\s*([^\r\n;]+)/im.exec(headers)?.[1]?.trim() ?? '';
  return { contentType, body: end + 2 * newline.length };
}
