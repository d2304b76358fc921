import { execFile } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { writeFileAtomic } from '../../workspace/atomic-file.ts';

const run = promisify(execFile);

/** The embedded server of a data folder, recorded so that other programs find it and none starts a second one. */
export interface ServerRecord {
  readonly pid: number;
  readonly address: string;
  readonly uiUrl: string;
}

export const serverFolder = (dataFolder: string) => path.join(dataFolder, 'temporal');
export const databaseFile = (dataFolder: string) => path.join(serverFolder(dataFolder), 'temporal.db');
const recordFile = (dataFolder: string) => path.join(serverFolder(dataFolder), 'server.json');

export function writeServerRecord(dataFolder: string, record: ServerRecord): void {
  writeFileAtomic(recordFile(dataFolder), `${JSON.stringify(record, undefined, 2)}\n`);
}

export function removeServerRecord(dataFolder: string): void {
  rmSync(recordFile(dataFolder), { force: true });
}

/** The embedded server of the data folder, if its process is alive and really is that server. */
export async function findRunningServer(dataFolder: string): Promise<ServerRecord | undefined> {
  let record: ServerRecord;
  try {
    record = JSON.parse(readFileSync(recordFile(dataFolder), 'utf8'));
  } catch {
    return undefined;
  }
  return (await commandLine(record.pid)).includes(databaseFile(dataFolder)) ? record : undefined;
}

/** Process ids are reused, so only the command line tells whose it is. Empty if there is no such process. */
async function commandLine(pid: number): Promise<string> {
  try {
    const { stdout } = await run('ps', ['-ww', '-o', 'args=', '-p', String(pid)]);
    return stdout;
  } catch {
    return '';
  }
}
