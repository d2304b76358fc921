import type { Server } from 'node:http';
import { createServer } from 'node:https';
import { createAdaptorServer } from '@hono/node-server';
import { limitConnections } from '../guard/connections.ts';
import { connections, silentFor } from '../limits.ts';
import { listen } from '../listen.ts';
import type { StudioParts } from '../studio-parts.ts';
import { createMachineApp } from './machine-app.ts';
import { answering } from './trust.ts';

export interface MachineServer {
  readonly port: number;
  close(): Promise<void>;
}

export interface MachineServerOptions {
  readonly key: string;
  /** 0 picks any free port. */
  readonly port: number;
  readonly log: (error: unknown) => void;
}

/** Milliseconds in which the other side must prove that it knows the key. */
const handshakeTimeout = 5000;

/**
 * Answers the studios of other machines, on a port of its own: no browser can speak what it speaks.
 * @throws StageError PORT_IN_USE
 */
export async function serveMachines(
  parts: StudioParts,
  { key, port, log }: MachineServerOptions,
): Promise<MachineServer> {
  const server = createAdaptorServer({
    overrideGlobalObjects: false,
    createServer,
    serverOptions: {
      ...answering(key, parts.host.id),
      ...{ handshakeTimeout, headersTimeout: 10_000, connectionsCheckingInterval: 5000, maxHeaderSize: 32 * 1024 },
    },
    fetch: createMachineApp(parts, log).fetch,
  }) as Server;
  limitConnections(server, connections);
  server.setTimeout(silentFor);
  const listening = await listen(server, undefined, port, 'BADMINTON_MACHINES_PORT');
  // Without a listener, a connection that cannot be accepted would end the program, including the worker.
  server.on('error', log);
  return {
    port: listening,
    async close() {
      const closed = new Promise((done) => server.close(done));
      server.closeAllConnections();
      await closed;
    },
  };
}
