import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';

/** Streams a file with range requests (RFC 9110, 14.2), which let a browser seek in a video. */
export async function sendFile(env: HttpBindings, file: string, contentType: string): Promise<Response> {
  const { incoming, outgoing } = env;
  const { size } = await stat(file);
  const range = readRange(incoming.headers.range, size);
  const common = { 'content-type': contentType, 'accept-ranges': 'bytes', 'x-content-type-options': 'nosniff' };
  if (range === 'unsatisfiable') {
    outgoing.writeHead(416, { ...common, 'content-range': `bytes */${size}`, 'content-length': 0 }).end();
    return RESPONSE_ALREADY_SENT;
  }
  const { start, end } = range ?? { start: 0, end: size };
  outgoing.writeHead(range ? 206 : 200, {
    ...common,
    'content-length': end - start,
    ...(range ? { 'content-range': `bytes ${start}-${end - 1}/${size}` } : {}),
  });
  if (incoming.method === 'HEAD' || end === start) outgoing.end();
  // A seeking browser closes the connection midway: nothing went wrong.
  else await pipeline(createReadStream(file, { start, end: end - 1 }), outgoing).catch(() => outgoing.destroy());
  return RESPONSE_ALREADY_SENT;
}

/** One range only; several, or another unit, are answered with the whole file, as the RFC allows. */
function readRange(
  header: string | undefined,
  size: number,
): { start: number; end: number } | 'unsatisfiable' | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return undefined;
  const [, first = '', last = ''] = match;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size : Math.min(size, Number(last) + 1);
  return start >= size || end <= start ? 'unsatisfiable' : { start, end };
}
