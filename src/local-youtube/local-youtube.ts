import { mkdir } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { createAdaptorServer } from '@hono/node-server';
import { StageError } from '../domain/errors.ts';
import { thisMachine } from '../http/same-origin.ts';
import { createApp } from './app.ts';
import { type Behaviour, type FinishedUpload, usualBehaviour } from './behaviour.ts';
import type { FaultScript } from './fault.ts';
import { openLibrary } from './library.ts';
import { openGrants } from './oauth-grants.ts';
import { openPlaylists } from './playlists.ts';
import type { ProcessingOutcome } from './processing.ts';
import { openQuota, type QuotaLimits, type Spent } from './quota.ts';
import { followRehearsalFile } from './rehearsal-file.ts';
import { type LoggedRequest, openRequestLog } from './request-log.ts';
import { openSessions } from './sessions.ts';
import { channelId, otherChannelId } from './video-resource.ts';

export interface LocalYouTubeOptions {
  /** Where everything is kept; one server at a time per folder. Its `rehearsal.json` overrides the options. */
  readonly folder: string;
  readonly host?: string;
  /** 0, the default: any free one. */
  readonly port?: number;
  /** Milliseconds between the last byte and the outcome of processing; 300 by default. */
  readonly processingMs?: number;
  /** The outcome of an upload; `processed` by default. */
  readonly outcome?: (upload: FinishedUpload) => ProcessingOutcome;
  /** Milliseconds until a new video shows in the list of uploads; 0 by default. */
  readonly listingMs?: number;
  /** The quota of one Pacific day; Google's numbers by default. */
  readonly quota?: Partial<QuotaLimits>;
  /** Milliseconds an access token is good for; one second less than an hour by default. */
  readonly accessTokenMs?: number;
  /** Milliseconds a sign-in lasts; until it is revoked by default. */
  readonly signInMs?: number;
  /** Milliseconds since the epoch: the server's clock for processing, schedules, quota and tokens. */
  readonly now?: () => number;
  /** Deliberate faults; `scriptFaults` builds a script from rules. */
  readonly faults?: FaultScript;
  /** Called for every request, in addition to the log in `requests.jsonl`. */
  log?(request: LoggedRequest): void;
}

export interface LocalYouTube {
  /** `http://127.0.0.1:PORT/` */
  readonly url: string;
  readonly port: number;
  /** Today's quota use. */
  spent(): Spent;
  /** Cuts off requests in progress and returns once nothing is being written. */
  close(): Promise<void>;
}

/**
 * Starts a YouTube for rehearsal and tests: the part of the Data API v3 that this program uses, strict about mistakes,
 * and watch pages. Everything, including open upload sessions, is on disk, so that it can be killed and restarted.
 *
 * @throws StageError PORT_IN_USE
 */
export async function startLocalYouTube(options: LocalYouTubeOptions): Promise<LocalYouTube> {
  const { folder, host = '127.0.0.1', port = 0, now = Date.now } = options;
  await mkdir(folder, { recursive: true });
  let url = '';
  const usual = usualBehaviour(options);
  const rehearsal = followRehearsalFile(path.join(folder, 'rehearsal.json'), usual);
  const behaviour = (): Behaviour => {
    const file = rehearsal();
    return file && 'changes' in file ? { ...usual, ...file.changes } : usual;
  };
  const mistake = () => {
    const file = rehearsal();
    return file && 'mistake' in file ? file.mistake : undefined;
  };
  const clock = () => now() + behaviour().aheadMs;
  const shown = () => ({
    rootUrl: url,
    now: clock(),
    channelId: behaviour().isOtherChannel ? otherChannelId : channelId,
  });

  const library = await openLibrary(path.join(folder, 'videos'));
  const playlists = await openPlaylists(path.join(folder, 'playlists'), clock);
  const quota = await openQuota(folder, clock);
  const grants = await openGrants(folder, clock);
  const sessions = await openSessions({ folder: path.join(folder, 'sessions'), library, behaviour, shown });
  const requests = openRequestLog(folder);
  const log = (request: LoggedRequest) => {
    requests.write(request);
    options.log?.(request);
  };
  const hosts = [...thisMachine, host];
  const app = createApp({ library, playlists, grants, sessions, quota, behaviour, shown, hosts, mistake, log });

  const running = new Set<Promise<unknown>>();
  const server = createAdaptorServer({
    overrideGlobalObjects: false,
    // A chunk may take as long as it needs; a dead sender is noticed by its silence.
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
    spent: quota.spent,
    async close() {
      const closed = new Promise((done) => server.close(done));
      server.closeAllConnections();
      await closed;
      await Promise.allSettled(running);
      await requests.close();
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
    action: `Stop the program that uses port ${port}, or set another one with BADMINTON_LOCAL_YOUTUBE_PORT.`,
  });
}
