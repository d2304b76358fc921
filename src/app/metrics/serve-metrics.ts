import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, isIP } from 'node:net';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { forward } from '../../http/forward.ts';
import { RequestError } from '../../http/request-error.ts';
import { allowHosts, sameOriginOnly, thisMachine } from '../../http/same-origin.ts';
import { networkNames } from '../../studio/server/network.ts';
import type { ListenAddress } from '../settings/kinds.ts';
import { UsageError } from '../usage-error.ts';

export interface ServedMetrics {
  /** `http://HOST:PORT/metrics` */
  readonly url: string;
  close(): Promise<void>;
}

/** By which a container reaches the machine that it runs on; no website can have it (RFC 9476). */
const fromContainers = ['host.docker.internal', 'host.containers.internal'];

/**
 * Serves what the SDK serves at `sdk`, which answers whoever asks, to those who ask by a name of this machine.
 * @param refresh awaited before each answer
 * @throws UsageError when it cannot listen there
 */
export async function serveMetrics(
  { host, port }: ListenAddress,
  sdk: ListenAddress,
  refresh: () => Promise<void>,
): Promise<ServedMetrics> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.onError((error, c) => {
    if (error instanceof RequestError) return c.text(`${error.message} ${error.action ?? ''}\n`, error.status);
    return c.text('The metrics cannot be read.\n', 503);
  });
  const names = () => [...thisMachine, ...fromContainers, ...networkNames(), written(host)];
  app.use(allowHosts(names, 'page of metrics'));
  app.use(sameOriginOnly('page of metrics'));
  app.get('/metrics', async (c) => {
    await refresh();
    const headers = { host: `${sdk.host}:${sdk.port}`, cookie: undefined };
    return forward(c.env, { address: sdk.host, port: sdk.port, target: '/metrics', headers });
  });
  const server = createAdaptorServer({ overrideGlobalObjects: false, fetch: app.fetch }) as Server;
  server.listen(port, host);
  await once(server, 'listening').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`The metrics cannot be served on ${host}:${port} (BADMINTON_METRICS): ${error.message}`);
  });
  // Without a listener a connection that cannot be taken would end the program.
  server.on('error', () => {});
  return {
    url: `http://${written(host)}:${(server.address() as AddressInfo).port}/metrics`,
    async close() {
      const closed = new Promise((done) => server.close(done));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** As it is written in an address. */
const written = (host: string) => (isIP(host) === 6 ? `[${host}]` : host);
