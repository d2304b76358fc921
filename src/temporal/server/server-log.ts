import { copyFileSync, mkdirSync, openSync, renameSync, rmSync, statSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { serverFolder } from './record.ts';

const largestBytes = 10_000_000;
const checkEvery = 10_000;

export const serverLog = (dataFolder: string) => path.join(serverFolder(dataFolder), 'server.log');
const previous = (file: string) => `${file}.1`;

/** Opens a new log for a server that is about to start; the previous one is kept as `server.log.1`. */
export function openServerLog(file: string): number {
  mkdirSync(path.dirname(file), { recursive: true });
  if (statSync(file, { throwIfNoEntry: false })) renameSync(file, previous(file));
  // In append mode, so that writing continues at the start of the file after it is emptied.
  return openSync(file, 'a');
}

/** Keeps the log of a running server small until the returned function is called. */
export function keepServerLogSmall(file: string): () => void {
  const timer = setInterval(() => {
    try {
      boundServerLog(file, largestBytes);
    } catch {
      // The file or its folder was removed.
    }
  }, checkEvery).unref();
  return () => clearInterval(timer);
}

/**
 * Moves the contents of a large log to the previous log. The server holds the file open, and outlives us if we are
 * killed, so the file is copied and then truncated. Anything written in between is lost.
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
