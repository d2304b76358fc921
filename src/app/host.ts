import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import type { Host } from '../temporal/worker-parts.ts';
import { writeFileAtomic } from '../workspace/atomic-file.ts';

/** This machine: a random id that is kept in the data folder, because machines are renamed, and its present name. */
export function thisHost(dataFolder: string): Host {
  const file = path.join(dataFolder, 'host-id');
  try {
    const id = readFileSync(file, 'utf8').trim();
    if (/^[0-9a-f]{8}$/.test(id)) return { id, name: hostname() };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const id = randomBytes(4).toString('hex');
  writeFileAtomic(file, `${id}\n`);
  return { id, name: hostname() };
}
