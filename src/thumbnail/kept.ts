import { LRUCache } from 'lru-cache';

/** Remembers what was made for a key. */
export interface Kept<T> {
  /**
   * What was made for the key before, else what `make` makes now; a failure is not remembered. Two that ask at the same
   * time each call their `make`: it may report to its caller.
   */
  get(key: string, make: () => Promise<T>): Promise<T>;
}

/** Remembers up to `mostBytes` together; what was not asked for longest is forgotten first. */
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
