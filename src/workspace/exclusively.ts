import { setTimeout as sleep } from 'node:timers/promises';
import { tryLock } from './process-lock.ts';

const askAgainMilliseconds = 50;

/** Runs `work` while this process holds the lock file; waits for whoever holds it. @throws the signal's reason */
export async function exclusively<T>(file: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  let release = tryLock(file);
  while (!release) {
    await sleep(askAgainMilliseconds, undefined, { signal });
    release = tryLock(file);
  }
  try {
    return await work();
  } finally {
    release();
  }
}
