import http, { type Agent, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import https from 'node:https';

const longestAnswerBytes = 1_048_576;

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Writes bytes to the connection; resolves once the system has taken them, so that the buffer can be reused. */
export type WriteBytes = (bytes: Uint8Array) => Promise<void>;

export interface Exchange {
  readonly method: 'POST' | 'PUT';
  readonly url: URL;
  readonly headers: Record<string, string>;
  /** Exactly this many bytes are written by `writeBody`. */
  readonly bodyBytes: number;
  readonly writeBody?: (write: WriteBytes) => Promise<void>;
  /** Milliseconds without a byte in either direction after which the connection counts as dead. */
  readonly stallTimeoutMs: number;
  readonly agent: Agent;
  readonly signal?: AbortSignal | undefined;
}

/** No whole answer came: whether the request took effect is unknown. */
export class ConnectionLostError extends Error {
  override readonly name = 'ConnectionLostError';
}

/** Stops writing a body when its request is over; never leaves this file. */
const bodyNotWanted = Symbol('body not wanted');

/**
 * One HTTP request and its whole answer. Streams with back-pressure, sees 308 (node:http follows nothing), and stops
 * sending when the server answers early.
 *
 * @throws ConnectionLostError; what `writeBody` threw; the signal's reason
 */
export async function exchange(options: Exchange): Promise<Answer> {
  const { signal, url } = options;
  signal?.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  let response: IncomingMessage | undefined;
  let failWrite: ((reason: unknown) => void) | undefined;
  let over = false;

  const request = (url.protocol === 'https:' ? https : http).request(url, {
    method: options.method,
    headers: { ...options.headers, 'content-length': String(options.bodyBytes) },
    agent: options.agent,
  });
  const fail = (error: unknown) => {
    reject(error);
    request.destroy();
  };
  const lost = (why: string, cause?: unknown) =>
    fail(new ConnectionLostError(why, cause === undefined ? undefined : { cause }));
  const stall = setTimeout(() => lost(`no answer for ${options.stallTimeoutMs} ms`), options.stallTimeoutMs);
  const onAbort = () => fail(signal?.reason);
  signal?.addEventListener('abort', onAbort, { once: true });

  const stopBody = () => {
    over = true;
    failWrite?.(bodyNotWanted);
  };
  const write: WriteBytes = (bytes) =>
    new Promise<void>((written, refused) => {
      if (over) return refused(bodyNotWanted);
      failWrite = refused;
      request.write(bytes, (error) => {
        // The request itself reports a write error better.
        if (error) return refused(bodyNotWanted);
        stall.refresh();
        written();
      });
    });

  request.on('response', (received) => {
    response = received;
    stopBody();
    readText(received, stall).then(
      (text) => resolve({ status: received.statusCode ?? 0, headers: received.headers, text }),
      (error) => lost('the answer was cut off', error),
    );
  });
  // After the head of an answer has come, an error of the sending side (EPIPE) says nothing: the answer decides.
  request.on('error', (error) => response ?? lost('the connection failed', error));
  request.on('close', () => {
    stopBody();
    if (!response) lost('the connection was closed');
  });

  const sending = (async () => {
    await options.writeBody?.(write);
    request.end();
  })().catch((error: unknown) => {
    if (error !== bodyNotWanted) fail(error);
  });

  try {
    return await promise;
  } finally {
    clearTimeout(stall);
    signal?.removeEventListener('abort', onAbort);
    stopBody();
    await sending;
    // Half a body on a connection makes it useless for the next request.
    if (!request.writableEnded) request.destroy();
  }
}

async function readText(response: IncomingMessage, stall: NodeJS.Timeout): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    stall.refresh();
    length += part.length;
    if (length > longestAnswerBytes) throw new Error('the answer is too long');
    parts.push(part);
  }
  if (!response.complete) throw new Error('the answer is not complete');
  return Buffer.concat(parts).toString('utf8');
}
