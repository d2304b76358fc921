import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';

export interface ForwardTo {
  /** Address of this machine; 127.0.0.1 by default. */
  readonly address?: string;
  /** Of a server on this machine. */
  readonly port: number;
  /** Path and query. */
  readonly target: string;
  /** Replace those of the request; undefined leaves one out. */
  readonly headers: OutgoingHttpHeaders;
  /** Replace those of the answer. */
  readonly answerHeaders?: OutgoingHttpHeaders;
}

/** About one connection only, so never passed on (RFC 9110, 7.6.1). */
const hopByHop = ['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade'];

/**
 * Passes a request on and its answer back, as they come. Not with `fetch`: that sends no `Host` of our choice, and
 * connects to no port of `blockedPorts`.
 * @throws Error when the server does not answer
 */
export async function forward(
  { incoming, outgoing }: HttpBindings,
  { address = '127.0.0.1', port, target, headers, answerHeaders }: ForwardTo,
): Promise<Response> {
  const { promise: answered, resolve, reject } = Promise.withResolvers<import('node:http').IncomingMessage>();
  const asked = request({
    ...{ host: address, port, path: target, method: incoming.method },
    headers: defined({ ...endToEnd(incoming.headers), ...headers }),
  });
  asked.once('response', resolve).once('error', reject);
  outgoing.once('close', () => asked.destroy());
  incoming.pipe(asked);
  const answer = await answered;
  outgoing.writeHead(answer.statusCode ?? 502, defined({ ...endToEnd(answer.headers), ...answerHeaders }));
  // Either side may leave midway, and the other then has nothing to wait for.
  await pipeline(answer, outgoing).catch(() => outgoing.destroy());
  return RESPONSE_ALREADY_SENT;
}

function endToEnd(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !hopByHop.includes(name)));
}

const defined = (headers: OutgoingHttpHeaders): OutgoingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
