import { setTimeout as wait } from 'node:timers/promises';

/** Time as the upload sees it; tests supply their own. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** @throws the signal's reason */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: Date.now,
  async sleep(ms, signal) {
    await wait(ms, undefined, signal ? { signal } : {}).catch(() => {});
    signal?.throwIfAborted();
  },
};
