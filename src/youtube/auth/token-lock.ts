import { setTimeout as sleep } from 'node:timers/promises';
import { tryLock } from '../../workspace/process-lock.ts';
import { noAnswer } from './exchange-error.ts';

/** Longer than a refresh can take, with its retries. */
const patienceMs = 120_000;

/**
 * Runs `work` while no other process changes the token file. If no lock can be taken because the folder is read-only,
 * nobody else writes either.
 * @throws StageError UPLOAD_INTERRUPTED when the lock is not free within two minutes
 */
export async function withTokenLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  for (const deadline = Date.now() + patienceMs; ; await sleep(25)) {
    const release = lockOrNobody(`${path}.lock`);
    if (release) {
      try {
        return await work();
      } finally {
        release();
      }
    }
    if (Date.now() > deadline) throw noAnswer();
  }
}

function lockOrNobody(file: string): (() => void) | undefined {
  try {
    return tryLock(file);
  } catch {
    return () => undefined;
  }
}
