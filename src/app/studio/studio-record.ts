import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { RunningStudio } from '../../studio/index.ts';
import { networkAddresses } from '../../studio/server/network.ts';
import { writeFileAtomic } from '../../workspace/atomic-file.ts';

const recordSchema = z.object({ url: z.url(), pid: z.number(), machinesPort: z.number().optional() });
const fileOf = (dataFolder: string) => path.join(dataFolder, 'studio', 'running.json');

/** Records where the studio of this data folder is; the returned function removes the record. */
export function announceStudio(
  dataFolder: string,
  { url, machinesPort }: Pick<RunningStudio, 'url' | 'machinesPort'>,
): () => void {
  const record = { url, pid: process.pid, machinesPort };
  writeFileAtomic(fileOf(dataFolder), JSON.stringify(record));
  return () => {
    if (readStudio(dataFolder)?.pid === process.pid) rmSync(fileOf(dataFolder), { force: true });
  };
}

/** Address of this data folder's studio, if one answers. */
export async function findStudio(dataFolder: string): Promise<string | undefined> {
  const record = readStudio(dataFolder);
  if (!record) return undefined;
  try {
    const answer = await fetch(new URL('/api/about', record.url), { signal: AbortSignal.timeout(2000) });
    const { dataFolder: theirs } = (await answer.json()) as { dataFolder?: string };
    return theirs === dataFolder ? record.url : undefined;
  } catch {
    return undefined;
  }
}

/** Where this data folder's studio answers other machines, as `ADDRESS:PORT`, on the networks of the moment. */
export function studioAddresses(dataFolder: string): readonly string[] {
  const port = readStudio(dataFolder)?.machinesPort;
  return port === undefined ? [] : networkAddresses().map((address) => `${address}:${port}`);
}

function readStudio(dataFolder: string): z.infer<typeof recordSchema> | undefined {
  try {
    return recordSchema.parse(JSON.parse(readFileSync(fileOf(dataFolder), 'utf8')));
  } catch {
    return undefined;
  }
}
