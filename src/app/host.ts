import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import type { Host } from '../temporal/worker-parts.ts';
import { writeFileOnce } from '../workspace/atomic-file.ts';
import { UsageError } from './usage-error.ts';

/** This machine: a random id kept in the data folder, because machines are renamed, and its current name. */
export function thisHost(dataFolder: string): Host {
  const file = path.join(dataFolder, 'host-id');
  const id = readId(file);
  if (id !== undefined) return { id, name: hostname() };
  // If several programs start for the first time at once, one sets the id and the others read it.
  writeFileOnce(file, `${randomBytes(4).toString('hex')}\n`);
  return thisHost(dataFolder);
}

/** @throws UsageError if the file holds anything else: with a new id, nobody would work on the videos of the old one */
function readId(file: string): string | undefined {
  try {
    const id = readFileSync(file, 'utf8').trim();
    if (/^[0-9a-f]{8}$/.test(id)) return id;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  throw new UsageError(
    `${file} is damaged: it must hold this machine's id, 8 hexadecimal digits. Restore it from a backup; without one, ` +
      'remove the file, and cancel and start again the videos that are open.',
  );
}
