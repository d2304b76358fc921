import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { HttpApi } from '../server/record.ts';
import { createWebUi } from './app.ts';
import { openPageServer } from './page-server.ts';

export interface WebUiOptions {
  /** 0: any free one. */
  readonly port: number;
  readonly binary: () => Promise<string>;
  /** The API of the Temporal server, as it is at the moment. */
  readonly api: () => HttpApi;
}

export interface WebUi {
  /** `http://localhost:PORT` */
  readonly url: string;
  close(): Promise<void>;
}

/** Serves Temporal's Web UI on this machine. @throws Error with the code EADDRINUSE when the port is in use */
export async function startWebUi({ port, binary, api }: WebUiOptions): Promise<WebUi> {
  const pages = openPageServer(binary);
  const app = createWebUi({ pages: pages.port, api });
  const server = createAdaptorServer({ overrideGlobalObjects: false, fetch: app.fetch }) as Server;
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  // Without a listener a connection that cannot be taken would end the program.
  server.on('error', () => {});
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = new Promise((done) => server.close(done));
      server.closeAllConnections();
      await Promise.all([closed, pages.close()]);
    },
  };
}
