import { setTimeout as sleep } from 'node:timers/promises';
import { startWebUi, type WebUi } from '../web-ui/start.ts';
import { freePort } from './blocked-ports.ts';
import { findRunningServer, removeServerRecord, type ServerRecord, writeServerRecord } from './record.ts';
import { keepServerLogSmall, serverLog } from './server-log.ts';
import { answers, end, host, isAlive, NotStarted, type OwnServer, spawnServer } from './server-process.ts';

export interface EmbeddedOptions {
  readonly dataFolder: string;
  readonly binary: () => Promise<string>;
  /** 0 picks a free one. */
  readonly port: number;
  readonly uiPort: number;
}

/** What happens to a server that ended although nobody stopped it; it is restarted at the same address. */
export interface ServerNews {
  ended(): void;
  /** Called for each failed try; another one follows. */
  notStarted(error: Error): void;
  startedAgain(): void;
}

export interface EmbeddedServer extends Pick<ServerRecord, 'address' | 'uiUrl'> {
  /** Watches the server and restarts it whenever it ends, until it is stopped. Further calls do nothing. */
  keepAlive(news: ServerNews): void;
  stop(): Promise<void>;
}

/** Milliseconds. */
const lookEvery = 500;
const longestPause = 30_000;
/** Its other ports are chosen anew each time. */
const mostTries = 3;

/**
 * Starts the Temporal development server of a data folder, or adopts the one that an earlier, killed program left
 * running. It runs in its own session, so that Ctrl-C in the terminal reaches only us and the worker can finish before
 * its server goes away. The caller holds the data folder's lock.
 */
export async function startEmbeddedServer(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const { dataFolder } = options;
  const adopted = await adoptServer(dataFolder);
  let present: OwnServer | undefined = adopted;
  const api = () => {
    if (!present) throw new Error('The Temporal server has not started yet.');
    return present.api;
  };
  await using opened = new AsyncDisposableStack();
  const webUi = await webUiAt(options, api);
  opened.defer(webUi.close);
  const letLogGrow = keepServerLogSmall(serverLog(dataFolder));
  opened.defer(letLogGrow);
  if (adopted) writeServerRecord(dataFolder, { ...adopted, uiUrl: webUi.url });
  const first = adopted ?? (await startServer(options, webUi.url));
  present = first;
  const running = opened.move();
  const supervisor = supervised(
    { ...options, port: portOf(`http://${first.address}`) },
    webUi.url,
    first,
    (started) => {
      present = started;
    },
  );
  return {
    address: first.address,
    uiUrl: webUi.url,
    keepAlive: supervisor.keepAlive,
    async stop() {
      await running.disposeAsync();
      await supervisor.stop();
    },
  };
}

/** One that an earlier version started is ended instead: its Web UI answers whoever asks. */
async function adoptServer(dataFolder: string): Promise<OwnServer | undefined> {
  const running = await findRunningServer(dataFolder);
  if (!running) return undefined;
  const { api } = running;
  if (api && (await answers(running.address))) return { ...running, api };
  await end(running.pid);
  return undefined;
}

async function webUiAt({ uiPort, binary }: EmbeddedOptions, api: () => OwnServer['api']): Promise<WebUi> {
  try {
    return await startWebUi({ port: uiPort, binary, api });
  } catch (cause) {
    throw portInUse(uiPort, 'BADMINTON_TEMPORAL_UI_PORT', 'the Temporal Web UI', cause);
  }
}

async function startServer(
  { dataFolder, binary, port }: EmbeddedOptions,
  uiUrl: string,
  signal?: AbortSignal,
): Promise<OwnServer> {
  const usable = await usablePort(port, 'BADMINTON_TEMPORAL_PORT', 'the Temporal server');
  const place = { dataFolder, binary: await binary(), port: usable, uiUrl };
  for (let tries = 1; ; tries += 1) {
    try {
      return await spawnServer(place, signal);
    } catch (error) {
      const mayBePort = error instanceof NotStarted && error.exited;
      if (!mayBePort || tries === mostTries) throw error;
    }
  }
}

/** @param place where it is: everybody knows it by that by now */
function supervised(
  place: EmbeddedOptions,
  uiUrl: string,
  first: ServerRecord,
  started: (server: OwnServer) => void,
): Pick<EmbeddedServer, 'keepAlive' | 'stop'> {
  const stopping = new AbortController();
  const { signal } = stopping;
  let pid: number | undefined = first.pid;
  let watching: Promise<void> | undefined;

  const keepAlive = async (news: ServerNews) => {
    while (await pause(lookEvery, signal)) {
      // By its process id, because an adopted server is not our child process.
      if (pid !== undefined && isAlive(pid)) continue;
      pid = undefined;
      news.ended();
      for (let wait = lookEvery; !signal.aborted; wait = Math.min(wait * 2, longestPause)) {
        try {
          const server = await startServer(place, uiUrl, signal);
          started(server);
          ({ pid } = server);
          news.startedAgain();
          break;
        } catch (error) {
          if (signal.aborted) return;
          news.notStarted(error as Error);
          await pause(wait, signal);
        }
      }
    }
  };
  return {
    keepAlive(news) {
      watching ??= keepAlive(news);
    },
    async stop() {
      stopping.abort();
      await watching;
      if (pid !== undefined) await end(pid);
      removeServerRecord(place.dataFolder);
    },
  };
}

/** False if it was cut short. */
const pause = (milliseconds: number, signal: AbortSignal) => sleep(milliseconds, true, { signal }).catch(() => false);

const portOf = (url: string) => Number(new URL(url).port);

/** The port itself if it is free, or any free one for 0. @throws Error naming the setting that chooses another. */
export async function usablePort(port: number, setting: string, purpose: string): Promise<number> {
  try {
    return await freePort(host, port);
  } catch (cause) {
    throw portInUse(port, setting, purpose, cause);
  }
}

const portInUse = (port: number, setting: string, purpose: string, cause: unknown) =>
  new Error(
    `Port ${port}, meant for ${purpose}, is used by another program. Stop it, or set ${setting} to another port.`,
    { cause },
  );
