import { LRUCache } from 'lru-cache';

/** Remembers what was made for a key. */
export interface Kept<T> {
  /**
   * What was made for the key before, else what `make` makes now; a failure is not remembered. Two simultaneous callers
   * each call their own `make`, since it may report to its caller.
   */
  get(key: string, make: () => Promise<T>): Promise<T>;
}

/** Remembers up to `mostBytes` in total; evicts the least recently used first. */
export function keepUpTo<T extends object | string>(mostBytes: number, bytesOf: (value: T) => number): Kept<T> {
  const kept = new LRUCache<string, T>({ maxSize: mostBytes, sizeCalculation: bytesOf });
  return {
    async get(key, make) {
      const known = kept.get(key);
      if (known !== undefined) return known;
      const value = await make();
      kept.set(key, value);
      return value;
    },
  };
}
