import { copyFileSync, mkdirSync, openSync, renameSync, rmSync, statSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { serverFolder } from './record.ts';

const largestBytes = 10_000_000;
const checkEvery = 10_000;

export const serverLog = (dataFolder: string) => path.join(serverFolder(dataFolder), 'server.log');
const previous = (file: string) => `${file}.1`;

/** Opens a new log for a server that is about to start; the one before is kept as `server.log.1`. */
export function openServerLog(file: string): number {
  mkdirSync(path.dirname(file), { recursive: true });
  if (statSync(file, { throwIfNoEntry: false })) renameSync(file, previous(file));
  // For appending: once the file was emptied, what comes next begins at its beginning.
  return openSync(file, 'a');
}

/** Keeps the log of a running server small until the returned function is called. */
export function keepServerLogSmall(file: string): () => void {
  const timer = setInterval(() => {
    try {
      boundServerLog(file, largestBytes);
    } catch {
      // Somebody took the file away, or its folder.
    }
  }, checkEvery).unref();
  return () => clearInterval(timer);
}

/**
 * Puts what is in the log aside when it is large. The server writes there by itself, and outlives us when we are killed:
 * so the file is copied and then emptied under it. What it writes in between is lost.
 */
export function boundServerLog(file: string, mostBytes: number): void {
  if (statSync(file).size <= mostBytes) return;
  try {
    copyFileSync(file, previous(file));
  } catch {
    // No room for a copy.
    rmSync(previous(file), { force: true });
  }
  truncateSync(file);
}
