import { once } from 'node:events';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { answering } from '../../src/studio/server/machines/trust.ts';

/** A program with the key of the machines that answers otherwise than a studio would. */
export interface FalseStudio {
  readonly port: number;
  /** Of the requests so far. */
  readonly headers: IncomingHttpHeaders[];
  /** Resolves when somebody has given up waiting for the frame that never comes. */
  readonly left: Promise<unknown>;
  close(): void;
}

const jpeg = { 'content-type': 'image/jpeg' };

export async function startFalseStudio(key: string, hostId: string): Promise<FalseStudio> {
  const headers: IncomingHttpHeaders[] = [];
  const { promise: left, resolve: leave } = Promise.withResolvers<void>();
  const answers: Record<string, (response: ServerResponse) => void> = {
    picture: (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<script>alert(1)</script>'),
    thumbnail(response) {
      response.writeHead(200, jpeg);
      for (let mib = 0; mib < 33; mib += 1) response.write(Buffer.alloc(1024 ** 2));
      response.end();
    },
    one: (response) =>
      response
        .writeHead(200, {
          ...jpeg,
          'set-cookie': 'badminton_studio=x',
          'access-control-allow-origin': '*',
          'x-time': '1',
        })
        .end('picture'),
    frames: (response) => response.writeHead(200, jpeg).once('close', leave).write('a'),
    preview: (response) => {
      response.writeHead(200, jpeg).write('half');
      setImmediate(() => response.destroy());
    },
    recording: (response) => response.writeHead(302, { location: 'http://evil.example/' }).end(),
  };
  const server = createServer(answering(key, hostId), (request, response) => {
    headers.push(request.headers);
    const [what = ''] = /[^/]*$/.exec(new URL(request.url ?? '', 'http://x').pathname) ?? [];
    const answer = answers[what];
    if (answer) answer(response);
    else response.writeHead(200, { 'content-type': 'application/json' }).end('{"candidates":"many"}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    ...{ port: (server.address() as AddressInfo).port, headers, left },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
