/** One holder at a time for each key, the others wait in order of arrival. */
export interface Locks {
  /** @returns the function that releases it, or undefined if it was not free within `timeoutMs` milliseconds */
  acquire(key: string, timeoutMs: number): Promise<(() => void) | undefined>;
}

export function createLocks(): Locks {
  const tails = new Map<string, Promise<void>>();
  return {
    async acquire(key, timeoutMs) {
      const before = tails.get(key);
      const { promise: released, resolve: release } = Promise.withResolvers<void>();
      const tail = (before ?? Promise.resolve()).then(() => released);
      tails.set(key, tail);
      tail.then(() => tails.get(key) === tail && tails.delete(key));
      if (!before || (await settlesWithin(before, timeoutMs))) return release;
      release();
      return undefined;
    },
  };
}

async function settlesWithin(promise: Promise<void>, timeoutMs: number): Promise<boolean> {
  const { promise: timeout, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), timeoutMs);
  try {
    return await Promise.race([promise.then(() => true), timeout]);
  } finally {
    clearTimeout(timer);
  }
}
