import { once } from 'node:events';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ByteRange, readByteRange } from './byte-range.ts';

/**
 * What goes wrong with one request, between a client and any server. `part`: the server gets only these bytes of the
 * body, and its connection is cut; undefined: the server gets everything and answers, and that answer is damaged.
 */
export type Fault =
  | { readonly kind: 'reset'; readonly part?: number | undefined }
  /** Called once everything the server is to get has reached it. */
  | { readonly kind: 'stall'; readonly part?: number | undefined; readonly onStall?: (() => void) | undefined }
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers?: Record<string, string>;
      readonly part?: number | undefined;
    }
  /** The client sends everything, the server gets less, and says so in its own answer to a status question. */
  | { readonly kind: 'keep'; readonly part: number }
  | { readonly kind: 'truncate' };

export interface Request {
  readonly method: string;
  readonly range: ByteRange | undefined;
  /** The session addressed, as it appears in the address. */
  readonly session: string | undefined;
  readonly contentRange: string | undefined;
}

export interface FaultProxy {
  readonly url: string;
  /** Every request that came, in order. */
  readonly requests: Request[];
  close(): Promise<void>;
}

/** A proxy on a free port; `decide` may spoil each request once it has come. */
export async function startFaultProxy(
  upstream: string,
  decide: (request: Request) => Fault | undefined,
): Promise<FaultProxy> {
  const requests: Request[] = [];
  const server = http.createServer(async (incoming, outgoing) => {
    const contentRange = incoming.headers['content-range'];
    const session = new URL(incoming.url ?? '/', upstream).searchParams.get('upload_id') ?? undefined;
    const request = { method: incoming.method ?? '', range: readByteRange(contentRange), session, contentRange };
    requests.push(request);
    const fault = decide(request);
    try {
      await serve(upstream, incoming, outgoing, fault);
    } catch {
      // The client or the server went away, as intended.
      incoming.socket.destroy();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    requests,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

async function serve(upstream: string, incoming: IncomingMessage, outgoing: ServerResponse, fault: Fault | undefined) {
  const part = fault && 'part' in fault ? fault.part : undefined;
  let answer = await forward(upstream, incoming, part);
  if (fault?.kind === 'reset') return void incoming.socket.resetAndDestroy();
  if (fault?.kind === 'stall') {
    fault.onStall?.();
    return void (await once(incoming.socket, 'close'));
  }
  if (fault?.kind === 'answer') return void outgoing.writeHead(fault.status, fault.headers).end();
  if (fault?.kind === 'keep') {
    for await (const _ of incoming);
    answer = await forward(upstream, incoming, 'question');
  }
  if (!answer) throw new Error('The server did not answer');
  if (fault?.kind === 'truncate') {
    const whole = `HTTP/1.1 ${answer.status} Answer\r\ncontent-length: ${answer.body.length + 100}\r\n\r\n${answer.body}`;
    incoming.socket.write(whole.slice(0, answer.body.length > 0 ? -answer.body.length / 2 : 20));
    return void incoming.socket.end();
  }
  outgoing.writeHead(answer.status, answer.headers).end(answer.body);
}

/** @param part bytes after which the server's connection is cut; then there is no answer */
async function forward(
  upstream: string,
  incoming: IncomingMessage,
  part: number | 'question' | undefined,
): Promise<Answer | undefined> {
  if (part === 0) return undefined;
  const headers = { ...incoming.headers };
  if (part === 'question') {
    headers['content-length'] = '0';
    headers['content-range'] = headers['content-range']?.replace(/\d+-\d+/, '*');
  }
  const request = http.request(new URL(incoming.url ?? '/', upstream), {
    method: incoming.method,
    headers,
    agent: false,
  });
  const answered = once(request, 'response') as Promise<[IncomingMessage]>;
  answered.catch(() => {});
  request.on('error', () => {});
  if (part !== 'question') {
    let passed = 0;
    for await (const bytes of incoming.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      if (part !== undefined && passed + bytes.length >= part) {
        await new Promise((written) => request.write(bytes.subarray(0, part - passed), written));
        break;
      }
      passed += bytes.length;
      if (!request.write(bytes)) await once(request, 'drain');
    }
  }
  if (typeof part === 'number') {
    // What was written must reach the server before the connection is cut.
    await new Promise((resolve) => setTimeout(resolve, 5));
    request.destroy();
    return undefined;
  }
  request.end();
  const [response] = await answered;
  const parts: Buffer[] = [];
  for await (const bytes of response as AsyncIterable<Buffer>) parts.push(bytes);
  return { status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) };
}
