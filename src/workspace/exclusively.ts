import { setTimeout as sleep } from 'node:timers/promises';
import { tryLock } from './process-lock.ts';

const askAgainMilliseconds = 50;

/** Waits for the lock file and runs `work` while this process holds it. @throws AbortError if aborted while waiting */
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
