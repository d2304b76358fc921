import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { searchAttributes } from '../names.ts';
import { databaseFile, findRunningServer, removeServerRecord, type ServerRecord, writeServerRecord } from './record.ts';
import { keepServerLogSmall, openServerLog, serverLog } from './server-log.ts';

export interface EmbeddedOptions {
  readonly dataFolder: string;
  readonly binary: () => Promise<string>;
  /** 0 takes a free one. */
  readonly port: number;
  readonly uiPort: number;
}

export interface EmbeddedServer extends ServerRecord {
  stop(): Promise<void>;
}

const host = '127.0.0.1';
const readyWithin = 30_000;
const stopWithin = 10_000;

/**
 * Starts the Temporal development server of a data folder, or adopts the one that an earlier, killed program left
 * running. It lives in a session of its own, so that Ctrl-C in the terminal reaches only us and the worker can finish
 * before its server goes. The caller holds the data folder's lock.
 */
export async function startEmbeddedServer(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const { dataFolder } = options;
  const running = await findRunningServer(dataFolder);
  if (running && (await answers(running.address))) return withStop(dataFolder, running);
  if (running) await end(running.pid);

  const port = await usablePort(options.port, 'BADMINTON_TEMPORAL_PORT', 'the Temporal server');
  const uiPort = await usablePort(options.uiPort, 'BADMINTON_TEMPORAL_UI_PORT', 'the Temporal Web UI');
  const binary = await options.binary();
  const logFile = serverLog(dataFolder);
  const log = openServerLog(logFile);
  const child = spawn(binary, serverArguments(dataFolder, port, uiPort), {
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  let exited = false;
  child.once('exit', () => {
    exited = true;
  });
  await once(child, 'spawn');
  child.unref();

  const record = { pid: child.pid as number, address: `${host}:${port}`, uiUrl: `http://localhost:${uiPort}` };
  writeServerRecord(dataFolder, record);
  for (const deadline = Date.now() + readyWithin; !(await answers(record.address)); await sleep(50)) {
    if (!exited && Date.now() < deadline) continue;
    if (!exited) await end(record.pid);
    removeServerRecord(dataFolder);
    throw new Error(`The Temporal server did not start. The end of its log (${logFile}):\n${lastLines(logFile)}`);
  }
  return withStop(dataFolder, record);
}

function serverArguments(dataFolder: string, port: number, uiPort: number): string[] {
  const attributes = Object.entries(searchAttributes).flatMap(([name, type]) => [
    '--search-attribute',
    `${name}=${type === 'DATETIME' ? 'Datetime' : 'Keyword'}`,
  ]);
  return [
    ...['server', 'start-dev', '--ip', host, '--port', String(port), '--ui-port', String(uiPort)],
    ...['--db-filename', databaseFile(dataFolder), '--log-level', 'warn', ...attributes],
    // Priorities of activities work on server 1.29 with the new matcher only.
    ...['--dynamic-config-value', 'matching.useNewMatcher=true'],
  ];
}

function withStop(dataFolder: string, record: ServerRecord): EmbeddedServer {
  const letLogGrow = keepServerLogSmall(serverLog(dataFolder));
  return {
    ...record,
    async stop() {
      letLogGrow();
      await end(record.pid);
      removeServerRecord(dataFolder);
    },
  };
}

async function answers(address: string): Promise<boolean> {
  try {
    const connection = await Connection.connect({ address, connectTimeout: 1000 });
    await connection.close();
    return true;
  } catch {
    return false;
  }
}

async function end(pid: number): Promise<void> {
  signal(pid, 'SIGTERM');
  for (const deadline = Date.now() + stopWithin; signal(pid, 0); await sleep(50)) {
    if (Date.now() > deadline) signal(pid, 'SIGKILL');
  }
}

/** False when there is no such process any more. */
function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, name);
    return true;
  } catch {
    return false;
  }
}

/** The port itself when it is free, or any free one for 0. @throws Error naming the setting that chooses another. */
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

function lastLines(file: string): string {
  return readFileSync(file, 'utf8').trim().split('\n').slice(-8).join('\n');
}
