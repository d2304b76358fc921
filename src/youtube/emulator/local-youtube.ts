import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { createAdaptorServer } from '@hono/node-server';
import { StageError } from '../../domain/errors.ts';
import { createApp, type LoggedRequest } from './app.ts';
import type { FaultScript } from './fault.ts';
import { openLibrary } from './library.ts';
import { openSessions } from './sessions.ts';

export interface LocalYouTubeOptions {
  /** Where everything is kept; one server at a time per folder. */
  readonly folder: string;
  readonly host?: string;
  /** 0, the default: any free one. */
  readonly port?: number;
  /** Milliseconds between the last byte and `processed`; 300 by default. */
  readonly processingMs?: number;
  /** What goes wrong on purpose. */
  readonly faults?: FaultScript;
  log?(request: LoggedRequest): void;
}

export interface LocalYouTube {
  /** `http://127.0.0.1:PORT/` */
  readonly url: string;
  readonly port: number;
  /** Cuts what is under way and returns when nothing is written any more. */
  close(): Promise<void>;
}

/**
 * Starts a YouTube for rehearsal and tests: the Data API v3 as far as this program uses it, strict about mistakes, and
 * watch pages. Everything, open upload sessions too, is on disk, so that it may be killed and started again.
 *
 * @throws StageError PORT_IN_USE
 */
export async function startLocalYouTube(options: LocalYouTubeOptions): Promise<LocalYouTube> {
  const { folder, host = '127.0.0.1', port = 0, processingMs = 300, faults, log } = options;
  let url = '';
  const rootUrl = () => url;
  const library = await openLibrary(path.join(folder, 'videos'));
  const sessions = await openSessions({ folder: path.join(folder, 'sessions'), library, processingMs, rootUrl });
  const hosts = ['localhost', '127.0.0.1', host];
  const app = createApp({ library, sessions, rootUrl, hosts, faults, log });

  const running = new Set<Promise<unknown>>();
  const server = createAdaptorServer({
    overrideGlobalObjects: false,
    // A chunk may take as long as it takes; a silent sender is noticed by its silence.
    serverOptions: { requestTimeout: 0 },
    fetch: (request, env) => {
      const answer = Promise.resolve(app.fetch(request, env));
      running.add(answer);
      const ended = () => running.delete(answer);
      answer.then(ended, ended);
      return answer;
    },
  }) as Server;

  await listen(server, host, port);
  const bound = (server.address() as AddressInfo).port;
  url = `http://${host}:${bound}/`;
  return {
    url,
    port: bound,
    async close() {
      const closed = new Promise((done) => server.close(done));
      server.closeAllConnections();
      await closed;
      await Promise.allSettled(running);
    },
  };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((listening, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) => fail(error.code === 'EADDRINUSE' ? portInUse(port) : error));
    server.listen(port, host, () => listening());
  });
}

function portInUse(port: number): StageError {
  return new StageError('PORT_IN_USE', `The local YouTube cannot start: port ${port} is in use`, {
    remedy: 'fix',
    action: `End the program that uses port ${port}, or set another port for the local YouTube.`,
  });
}
