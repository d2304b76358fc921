import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { finished } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { redirectPage } from './redirect-page.ts';

/** Milliseconds allowed for the last page to arrive. */
const patienceMs = 1000;

/** What the person at the browser is told. */
export interface Reply {
  readonly status: 200 | 400;
  readonly heading: string;
  readonly text: string;
}

/** The loopback server that the consent page redirects to: RFC 8252, 7.3. */
export interface RedirectServer {
  /** `http://127.0.0.1:PORT` */
  readonly redirectUri: string;
  /** Lets a page that is being sent arrive, then closes. */
  close(): Promise<void>;
}

/** Listens on a free port of this machine. `answer` gets the query of every request for `/`. */
export async function startRedirectServer(answer: (query: URLSearchParams) => Promise<Reply>): Promise<RedirectServer> {
  const sending = new Set<Promise<unknown>>();
  const server = createServer((request, response) => {
    const sent = respond(request, response).catch(() => response.destroy());
    sending.add(sent);
    sent.finally(() => sending.delete(sent));
  });

  const respond = async (request: IncomingMessage, response: ServerResponse) => {
    const url = URL.parse(request.url ?? '', redirectUri);
    // Only under its own name: a website must not reach it through a host name that points to this machine.
    const known =
      request.headers.host === new URL(redirectUri).host && url?.pathname === '/' && request.method === 'GET';
    if (!url || !known) response.writeHead(404, { connection: 'close' }).end();
    else {
      const reply = await answer(url.searchParams);
      response.writeHead(reply.status, {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
        connection: 'close',
      });
      response.end(await redirectPage(reply));
    }
    await finished(response);
  };

  await new Promise<void>((listening, fail) => {
    server.once('error', fail);
    server.listen(0, '127.0.0.1', listening);
  });
  const redirectUri = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    redirectUri,
    async close() {
      const closed = new Promise((done) => server.close(done));
      await Promise.race([Promise.allSettled(sending), sleep(patienceMs, undefined, { ref: false })]);
      server.closeAllConnections();
      await closed;
    },
  };
}
