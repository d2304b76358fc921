import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { ownVersion } from '../../temporal/versions/program-version.ts';
import { writeFileAtomic } from '../../workspace/atomic-file.ts';
import { programHash } from './program-hash.ts';

const schema = z.object({
  pid: z.int(),
  startedAt: z.iso.datetime(),
  /** Of all files of the program, as they were when it started. */
  program: z.string(),
  version: z.object({ changes: z.int(), release: z.string(), hash: z.string() }),
});

/** Which program a service runs. */
export type RunningRecord = z.infer<typeof schema>;

const fileIn = (dataFolder: string) => path.join(dataFolder, 'service.json');

/** Writes down which program this process runs. @returns removes it again */
export function recordRunning(dataFolder: string, startedAt: Date): () => void {
  const record: RunningRecord = {
    pid: process.pid,
    startedAt: startedAt.toISOString(),
    program: programHash(),
    version: ownVersion(),
  };
  writeFileAtomic(fileIn(dataFolder), `${JSON.stringify(record)}\n`);
  return () => rmSync(fileIn(dataFolder), { force: true });
}

/** What the process of this number has written down; undefined if it has not, or another one has. */
export function readRunning(dataFolder: string, pid: number): RunningRecord | undefined {
  let text: string;
  try {
    text = readFileSync(fileIn(dataFolder), 'utf8');
  } catch {
    return undefined;
  }
  const record = schema.safeParse(parsed(text)).data;
  return record?.pid === pid ? record : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
