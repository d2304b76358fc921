import type { Server } from 'node:http';
import { hostname, networkInterfaces } from 'node:os';
import path from 'node:path';
import { createAdaptorServer } from '@hono/node-server';
import { createTurns } from '../../async/turns.ts';
import { StageError } from '../../domain/errors.ts';
import { thisMachine } from '../../http/same-origin.ts';
import { openFrameServer } from '../../media/index.ts';
import { openThumbnailRenderer } from '../../thumbnail/renderer.ts';
import { createApp } from './app.ts';
import { type ConnectionLimits, limitConnections } from './guard/connections.ts';
import { createOpenSockets } from './guard/open-sockets.ts';
import { type LinkWish, openPairing } from './guard/pairing.ts';
import { isLoopback } from './guard/this-machine.ts';
import { connections, createStudioShares, signOfLifeEvery, silentFor } from './limits.ts';
import { listen } from './listen.ts';
import { type MachineServer, serveMachines } from './machines/machine-server.ts';
import { openOtherStudios } from './machines/other-studios.ts';
import { openMoments } from './moments.ts';
import { type Interfaces, type Network, networkAddresses, networkNames } from './network.ts';
import { bundlePage, type PageBundle } from './page-bundle.ts';
import { RequestError } from './problem.ts';
import { openScaledPictures } from './scaled-pictures.ts';
import type { StudioParts, StudioSettings } from './studio-parts.ts';

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
  /** Where it answers other machines, if it is introduced to any. */
  readonly machinesPort?: number;
  close(): Promise<void>;
}

const portSetting = 'BADMINTON_STUDIO_PORT';

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
  let isOnNetwork = onNetwork;
  const turns = createTurns();
  const hosts = () => [...thisMachine, ...(isOnNetwork ? networkNames(interfaces()) : [])];
  const { machines, client, host, dataFolder } = settings;
  const otherStudios = machines && openOtherStudios({ client, ...machines, own: host.id });
  const parts: StudioParts = {
    ...settings,
    ...{ renderer, frames, otherStudios },
    shares: createStudioShares(),
    moments: openMoments(path.join(dataFolder, 'studio', 'moments')),
    scaled: openScaledPictures(),
  };
  const pairingLink = (wish: LinkWish = {}) => (isOnNetwork ? link(pairing.newCode(wish)) : undefined);
  const pairingProblem = onNetwork ? pairing.problem : undefined;
  const network: Network = {
    isOpen: () => isOnNetwork,
    open: () =>
      turns('network', async () => {
        if (isOnNetwork || ending.signal.aborted) return;
        // What is being answered is not cut off.
        server.close();
        try {
          await listen(server, undefined, port, portSetting);
          isOnNetwork = true;
        } catch (error) {
          await listen(server, '127.0.0.1', port, portSetting);
          throw notOpened(error, port);
        }
      }),
    close: () =>
      turns('network', async () => {
        if (!isOnNetwork || ending.signal.aborted) return;
        server.close();
        try {
          await listen(server, '127.0.0.1', port, portSetting);
          isOnNetwork = false;
          outside.close('all');
        } catch (error) {
          await listen(server, undefined, port, portSetting);
          throw error;
        }
      }),
  };
  const app = createApp({
    parts,
    bundle,
    pairing,
    pairingLink,
    network,
    hosts,
    ending: ending.signal,
    aliveEvery,
    log,
  });
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
  const outside = createOpenSockets();
  server.on('connection', (socket) => isLoopback(socket.remoteAddress) || outside.add('all', socket));
  server.setTimeout(options.silentFor ?? silentFor);
  let forMachines: MachineServer | undefined;
  const unlessEnding = (error: unknown) => ending.signal.aborted || log(error);
  const release = async () => {
    ending.abort();
    otherStudios?.close();
    settings.signIn.stop();
    await Promise.all([forMachines?.close(), renderer.close(), frames.close()]);
  };
  try {
    port = await listen(server, onNetwork ? undefined : '127.0.0.1', port, portSetting);
    // Without a listener, a connection that cannot be accepted would end the program, including the worker.
    server.on('error', (error: NodeJS.ErrnoException) => {
      // That it cannot listen is told to whoever wants it to.
      if (error.syscall !== 'listen') log(error);
    });
    forMachines = machines && (await serveMachines(parts, { ...machines, log: unlessEnding }));
  } catch (error) {
    server.close();
    await release();
    throw error;
  }
  return {
    url: `http://localhost:${port}/`,
    linkUrl: () => `http://${(isOnNetwork && address()) || 'localhost'}:${port}/`,
    pairingLink: () => (pairingProblem ? undefined : pairingLink()),
    ...(pairingProblem && { pairingProblem }),
    ...(forMachines && { machinesPort: forMachines.port }),
    async close() {
      ending.abort();
      const closed = new Promise((done) => server.close(done));
      server.closeAllConnections();
      await closed;
      await release();
    },
  };
}

function notOpened(error: unknown, port: number): unknown {
  if (!(error instanceof StageError)) return error;
  return new RequestError(
    409,
    `Other devices are still kept out: another program uses port ${port} on the network.`,
    `Stop that program, or set another ${portSetting} and start this one again.`,
  );
}
