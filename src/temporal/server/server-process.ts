import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { childEnvironment } from '../../child/child-environment.ts';
import { searchAttributes } from '../names.ts';
import { freeBlockedPorts, freePort } from './blocked-ports.ts';
import { databaseFile, type HttpApi, removeServerRecord, type ServerRecord, writeServerRecord } from './record.ts';
import { openServerLog, serverLog } from './server-log.ts';

export interface ServerPlace {
  readonly dataFolder: string;
  readonly binary: string;
  readonly port: number;
  /** Where its Web UI is served. */
  readonly uiUrl: string;
}

/** The server did not answer; the message has the end of its log. */
export class NotStarted extends Error {
  override readonly name = 'NotStarted';
  /** It ended by itself: one of its ports may have been taken a moment before. */
  readonly exited: boolean;

  constructor(logFile: string, exited: boolean) {
    super(`The Temporal server did not start. The end of its log (${logFile}):\n${lastLines(logFile)}`);
    this.exited = exited;
  }
}

/** A server of which the way to its API is known: one that this version started. */
export type OwnServer = ServerRecord & { readonly api: HttpApi };

export const host = '127.0.0.1';
const readyWithin = 30_000;
const stopWithin = 10_000;

/**
 * Spawns the server in a session of its own and waits until it answers.
 * @throws NotStarted, or the reason when `signal` is aborted; it has ended then
 */
export async function spawnServer(
  { dataFolder, binary, port, uiUrl }: ServerPlace,
  signal?: AbortSignal,
): Promise<OwnServer> {
  const logFile = serverLog(dataFolder);
  const api = { port: await freePort(host, 0), host: `${randomBytes(24).toString('hex')}.invalid` };
  const [metricsPort = 0] = await freeBlockedPorts(host, 1);
  const args = serverArguments({ dataFolder, port, api, metricsPort });
  const log = openServerLog(logFile);
  const child = spawn(binary, args, {
    detached: true,
    env: childEnvironment(),
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  let exited = false;
  child.once('exit', () => {
    exited = true;
  });
  await once(child, 'spawn');
  child.unref();

  const record = { pid: child.pid as number, address: `${host}:${port}`, uiUrl, api };
  try {
    writeServerRecord(dataFolder, record);
    for (const deadline = Date.now() + readyWithin; !(await answers(record.address)); await sleep(50)) {
      signal?.throwIfAborted();
      if (!exited && Date.now() < deadline) continue;
      throw new NotStarted(logFile, exited);
    }
  } catch (error) {
    if (!exited) await end(record.pid);
    removeServerRecord(dataFolder);
    throw error;
  }
  return record;
}

interface ServerPorts extends Pick<ServerPlace, 'dataFolder' | 'port'> {
  readonly api: HttpApi;
  readonly metricsPort: number;
}

function serverArguments({ dataFolder, port, api, metricsPort }: ServerPorts): string[] {
  const attributes = Object.entries(searchAttributes).flatMap(([name, type]) => [
    '--search-attribute',
    `${name}=${type === 'DATETIME' ? 'Datetime' : 'Keyword'}`,
  ]);
  return [
    // A web site that points its name at this machine finds these ports. The Web UI would give it everything: src/temporal/web-ui
    // serves it instead. gRPC is HTTP/2 without TLS, which no browser speaks: it is refused at its first line.
    ...['server', 'start-dev', '--ip', host, '--port', String(port), '--headless'],
    ...['--http-port', String(api.port), '--dynamic-config-value', `frontend.httpAllowedHosts=["${api.host}"]`],
    // Its routes in the HTTP API are not held to the allowed names.
    ...['--dynamic-config-value', 'system.enableNexus=false'],
    // It cannot be switched off, and answers under any name.
    ...['--metrics-port', String(metricsPort)],
    ...['--db-filename', databaseFile(dataFolder), '--log-level', 'warn', ...attributes],
    // On server 1.29, activity priorities work only with the new matcher, and across a whole queue only if it is one part.
    // Tasks that an earlier version left in other parts are still read.
    ...['--dynamic-config-value', 'matching.useNewMatcher=true'],
    ...['--dynamic-config-value', 'matching.numTaskqueueWritePartitions=1'],
    ...['--dynamic-config-value', 'matching.enableFairness=true'],
  ];
}

export async function answers(address: string): Promise<boolean> {
  try {
    const connection = await Connection.connect({ address, connectTimeout: 1000 });
    await connection.close();
    return true;
  } catch {
    return false;
  }
}

export async function end(pid: number): Promise<void> {
  signal(pid, 'SIGTERM');
  // One that was halted would not hear it.
  signal(pid, 'SIGCONT');
  for (const deadline = Date.now() + stopWithin; signal(pid, 0); await sleep(50)) {
    if (Date.now() > deadline) signal(pid, 'SIGKILL');
  }
}

export const isAlive = (pid: number) => signal(pid, 0);

/** False if there is no such process any more. */
function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, name);
    return true;
  } catch {
    return false;
  }
}

function lastLines(file: string): string {
  return readFileSync(file, 'utf8').trim().split('\n').slice(-8).join('\n');
}
