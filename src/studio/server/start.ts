import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';
import path from 'node:path';
import { createAdaptorServer } from '@hono/node-server';
import { StageError } from '../../domain/errors.ts';
import { thisMachine } from '../../http/same-origin.ts';
import { openFrameServer } from '../../media/index.ts';
import { openThumbnailRenderer } from '../../thumbnail/renderer.ts';
import { createApp } from './app.ts';
import { type ConnectionLimits, limitConnections } from './guard/connections.ts';
import { type LinkWish, openPairing } from './guard/pairing.ts';
import { connections, signOfLifeEvery, silentFor } from './limits.ts';
import { type Interfaces, networkAddresses, networkNames } from './network.ts';
import { bundlePage, type PageBundle } from './page-bundle.ts';
import type { StudioSettings } from './studio-parts.ts';

export interface StudioOptions {
  /** 0 picks any free port. */
  readonly port: number;
  /** Reachable on the home network too; devices there must be paired. */
  readonly onNetwork: boolean;
  /** Called with the link for one device whenever it changes. */
  readonly onPairingLink?: ((link: string) => void) | undefined;
  readonly onError: (error: unknown) => void;
  /** Milliseconds without a byte after which a connection is closed. */
  readonly silentFor?: number;
  readonly connections?: Partial<ConnectionLimits>;
  /** Milliseconds between two signs of life to an open page. */
  readonly aliveEvery?: number;
  /** The networks that this machine is currently on. */
  readonly interfaces?: () => Interfaces;
}

export interface RunningStudio {
  /** `http://localhost:PORT/` */
  readonly url: string;
  /**
   * The address for links in messages: the current network address if the studio is on the network, otherwise that of
   * this machine.
   */
  linkUrl(): string;
  /** A new link for one more device, which replaces the previous one; undefined if no device can use it. */
  pairingLink(): string | undefined;
  /** Why no device can use the studio, although it is on the network. */
  readonly pairingProblem?: StageError;
  close(): Promise<void>;
}

/**
 * Serves the studio.
 * @throws StageError PORT_IN_USE
 */
export async function startStudio(settings: StudioSettings, options: StudioOptions): Promise<RunningStudio> {
  const { onNetwork, onPairingLink, onError: log, interfaces = networkInterfaces } = options;
  const { aliveEvery = signOfLifeEvery } = options;
  const renderer = openThumbnailRenderer();
  const frames = openFrameServer();
  const ending = new AbortController();
  let port = options.port;
  const address = () => networkAddresses(interfaces())[0];
  const link = (code: string) => `http://${address() ?? hostname()}:${port}/pair?code=${code}`;
  const pairing = openPairing(path.join(settings.dataFolder, 'studio'), (code) => onPairingLink?.(link(code)));
  let bundling: Promise<PageBundle> | undefined;
  const bundle = () => {
    // A failed build is retried on the next request.
    bundling ??= bundlePage().catch((error) => {
      bundling = undefined;
      throw error;
    });
    return bundling;
  };
  const hosts = () => [...thisMachine, ...(onNetwork ? networkNames(interfaces()) : [])];
  const parts = { ...settings, renderer, frames };
  const pairingLink = (wish: LinkWish = {}) => (onNetwork ? link(pairing.newCode(wish)) : undefined);
  const pairingProblem = onNetwork ? pairing.problem : undefined;
  const app = createApp({ parts, bundle, pairing, pairingLink, hosts, ending: ending.signal, aliveEvery, log });
  const server = createAdaptorServer({
    overrideGlobalObjects: false,
    // A recording that is dropped may take as long as it takes.
    serverOptions: {
      ...{ requestTimeout: 0, headersTimeout: 10_000, connectionsCheckingInterval: 5000 },
      maxHeaderSize: 32 * 1024,
    },
    fetch: app.fetch,
  }) as Server;
  limitConnections(server, { ...connections, ...options.connections });
  server.setTimeout(options.silentFor ?? silentFor);
  const release = async () => {
    ending.abort();
    await Promise.all([renderer.close(), frames.close()]);
  };
  try {
    port = await listen(server, onNetwork ? undefined : '127.0.0.1', port);
    // Without a listener, a connection that cannot be accepted would end the program, including the worker.
    server.on('error', log);
  } catch (error) {
    await release();
    throw error;
  }
  return {
    url: `http://localhost:${port}/`,
    linkUrl: () => `http://${(onNetwork && address()) || 'localhost'}:${port}/`,
    pairingLink: () => (pairingProblem ? undefined : pairingLink()),
    ...(pairingProblem && { pairingProblem }),
    async close() {
      ending.abort();
      const closed = new Promise((done) => server.close(done));
      server.closeAllConnections();
      await closed;
      await release();
    },
  };
}

function listen(server: Server, host: string | undefined, port: number): Promise<number> {
  return new Promise((listening, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) => fail(error.code === 'EADDRINUSE' ? portInUse(port) : error));
    server.listen(port, host, () => listening((server.address() as AddressInfo).port));
  });
}

function portInUse(port: number): StageError {
  return new StageError('PORT_IN_USE', `The studio cannot start: port ${port} is in use.`, {
    remedy: 'fix',
    action: `Stop the program that uses port ${port}, or set another port with BADMINTON_STUDIO_PORT.`,
  });
}
