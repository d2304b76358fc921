import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { findRunningServer, removeServerRecord, type ServerRecord } from './record.ts';
import { keepServerLogSmall, serverLog } from './server-log.ts';
import { answers, end, host, isAlive, spawnServer } from './server-process.ts';

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

/**
 * Starts the Temporal development server of a data folder, or adopts the one that an earlier, killed program left
 * running. It runs in its own session, so that Ctrl-C in the terminal reaches only us and the worker can finish before
 * its server goes away. The caller holds the data folder's lock.
 */
export async function startEmbeddedServer(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const { dataFolder } = options;
  const running = await findRunningServer(dataFolder);
  if (running && (await answers(running.address))) return supervised(options, running);
  if (running) await end(running.pid);
  return supervised(options, await startServer(options));
}

async function startServer(
  { dataFolder, binary, port, uiPort }: EmbeddedOptions,
  signal?: AbortSignal,
): Promise<ServerRecord> {
  const ports = {
    port: await usablePort(port, 'BADMINTON_TEMPORAL_PORT', 'the Temporal server'),
    uiPort: await usablePort(uiPort, 'BADMINTON_TEMPORAL_UI_PORT', 'the Temporal Web UI'),
  };
  return spawnServer({ dataFolder, binary: await binary(), ...ports }, signal);
}

function supervised(options: EmbeddedOptions, first: ServerRecord): EmbeddedServer {
  const { dataFolder } = options;
  const { address, uiUrl } = first;
  // Clients already know it by these ports.
  const place = { ...options, port: portOf(`http://${address}`), uiPort: portOf(uiUrl) };
  const letLogGrow = keepServerLogSmall(serverLog(dataFolder));
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
          ({ pid } = await startServer(place, signal));
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
    address,
    uiUrl,
    keepAlive(news) {
      watching ??= keepAlive(news);
    },
    async stop() {
      stopping.abort();
      await watching;
      letLogGrow();
      if (pid !== undefined) await end(pid);
      removeServerRecord(dataFolder);
    },
  };
}

/** False if it was cut short. */
const pause = (milliseconds: number, signal: AbortSignal) => sleep(milliseconds, true, { signal }).catch(() => false);

const portOf = (url: string) => Number(new URL(url).port);

/** The port itself if it is free, or any free one for 0. @throws Error naming the setting that chooses another. */
export async function usablePort(port: number, setting: string, purpose: string): Promise<number> {
  await using probe = createServer();
  try {
    await once(probe.listen(port, host), 'listening');
    return (probe.address() as AddressInfo).port;
  } catch (cause) {
    throw new Error(
      `Port ${port}, meant for ${purpose}, is used by another program. Stop it, or set ${setting} to another port.`,
      { cause },
    );
  }
}
