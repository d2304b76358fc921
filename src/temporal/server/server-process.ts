import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { searchAttributes } from '../names.ts';
import { databaseFile, removeServerRecord, type ServerRecord, writeServerRecord } from './record.ts';
import { openServerLog, serverLog } from './server-log.ts';

export interface ServerPlace {
  readonly dataFolder: string;
  readonly binary: string;
  readonly port: number;
  readonly uiPort: number;
}

export const host = '127.0.0.1';
const readyWithin = 30_000;
const stopWithin = 10_000;

/**
 * Spawns the server in its own session and waits until it answers.
 * @throws Error with the end of its log if it does not, or the signal's reason; by then the server has ended
 */
export async function spawnServer(
  { dataFolder, binary, port, uiPort }: ServerPlace,
  signal?: AbortSignal,
): Promise<ServerRecord> {
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
  try {
    writeServerRecord(dataFolder, record);
    for (const deadline = Date.now() + readyWithin; !(await answers(record.address)); await sleep(50)) {
      signal?.throwIfAborted();
      if (!exited && Date.now() < deadline) continue;
      throw new Error(`The Temporal server did not start. The end of its log (${logFile}):\n${lastLines(logFile)}`);
    }
  } catch (error) {
    if (!exited) await end(record.pid);
    removeServerRecord(dataFolder);
    throw error;
  }
  return record;
}

function serverArguments(dataFolder: string, port: number, uiPort: number): string[] {
  const attributes = Object.entries(searchAttributes).flatMap(([name, type]) => [
    '--search-attribute',
    `${name}=${type === 'DATETIME' ? 'Datetime' : 'Keyword'}`,
  ]);
  return [
    ...['server', 'start-dev', '--ip', host, '--port', String(port), '--ui-port', String(uiPort)],
    ...['--db-filename', databaseFile(dataFolder), '--log-level', 'warn', ...attributes],
    // On server 1.29, activity priorities work only with the new matcher.
    ...['--dynamic-config-value', 'matching.useNewMatcher=true'],
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
