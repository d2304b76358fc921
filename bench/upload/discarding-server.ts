/**
 * A server of the resumable protocol that keeps nothing, so that the speed of a disk is not measured. A PUT without a
 * Content-Range is a plain upload. Its address is sent to the process that started it.
 */
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const unitBytes = 262_144;

interface Session {
  size: number;
  stored: number;
}

/** Which chunk requests are reset: the fifth, and then every hundredth. */
const resets = process.argv.includes('--reset');
const sessions: Session[] = [];
let chunks = 0;
let resetChunks = 0;

const server = http.createServer((request, response) => {
  const range = request.headers['content-range'];
  if (request.method === 'GET') answer(response, { chunks, resets: resetChunks });
  else if (request.method === 'POST') open(request, response);
  else if (range === undefined) takeAll(request, response);
  else takeChunk(request, response, range);
});
server.requestTimeout = 0;
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit());

function open(request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  sessions.push({ size: Number(request.headers['x-upload-content-length']), stored: 0 });
  response.writeHead(200, { location: `/upload?upload_id=${sessions.length - 1}` }).end();
}

function takeAll(request: IncomingMessage, response: ServerResponse): void {
  request.on('data', () => {});
  request.on('end', () => answer(response, { id: 'plain' }));
}

function takeChunk(request: IncomingMessage, response: ServerResponse, range: string): void {
  const session = sessions[Number(new URL(request.url ?? '/', 'http://localhost').searchParams.get('upload_id'))];
  if (!session) {
    response.writeHead(404).end();
    return;
  }
  const [, from] = /^bytes (\d+)-/.exec(range) ?? [];
  if (from === undefined) {
    stand(session, response);
    return;
  }
  if (Number(from) !== session.stored) {
    response.writeHead(400).end();
    return;
  }
  chunks += 1;
  const cutAt = resets && chunks % 100 === 5 ? Number(request.headers['content-length']) * 0.6 : undefined;
  const begin = session.stored;
  let received = 0;
  request.on('data', (bytes: Buffer) => {
    received += bytes.length;
    if (cutAt === undefined || received < cutAt || request.destroyed) return;
    resetChunks += 1;
    session.stored = begin + received - (received % unitBytes);
    request.socket.resetAndDestroy();
  });
  request.on('end', () => {
    session.stored = begin + received;
    stand(session, response);
  });
}

function stand({ stored, size }: Session, response: ServerResponse): void {
  if (stored === size) answer(response, { id: 'resumable' });
  else response.writeHead(308, stored > 0 ? { range: `bytes=0-${stored - 1}` } : {}).end();
}

function answer(response: ServerResponse, body: object): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
