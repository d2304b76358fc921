import { execFile } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { writeFileAtomic } from '../../workspace/atomic-file.ts';

const run = promisify(execFile);

const recordSchema = z.object({
  pid: z.number(),
  address: z.string(),
  uiUrl: z.string(),
  /** Missing in the record of a server that an earlier version started. */
  api: z.object({ port: z.number(), host: z.string() }).optional(),
});

/** The HTTP API of a server. */
export interface HttpApi {
  readonly port: number;
  /** The only name under which it answers: a secret, so that no page can have it. */
  readonly host: string;
}

/** The embedded server of a data folder, written down so that other programs find it and nobody starts a second. */
export type ServerRecord = Readonly<z.infer<typeof recordSchema>>;

export const serverFolder = (dataFolder: string) => path.join(dataFolder, 'temporal');
export const databaseFile = (dataFolder: string) => path.join(serverFolder(dataFolder), 'temporal.db');
const recordFile = (dataFolder: string) => path.join(serverFolder(dataFolder), 'server.json');

export function writeServerRecord(dataFolder: string, record: ServerRecord): void {
  writeFileAtomic(recordFile(dataFolder), `${JSON.stringify(record, undefined, 2)}\n`, 0o600);
}

export function removeServerRecord(dataFolder: string): void {
  rmSync(recordFile(dataFolder), { force: true });
}

/** The embedded server of the data folder, if its process is alive and really is that server. */
export async function findRunningServer(dataFolder: string): Promise<ServerRecord | undefined> {
  let record: ServerRecord;
  try {
    record = recordSchema.parse(JSON.parse(readFileSync(recordFile(dataFolder), 'utf8')));
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
