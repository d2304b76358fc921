/** Remembers what was made for a key. */
export interface Kept<T> {
  /** What was made for the key before, else what `make` makes now; a failure is not remembered. */
  get(key: string, make: () => Promise<T>): Promise<T>;
}

/** Remembers up to `mostBytes` together; what was not asked for longest is forgotten first. */
export function keepUpTo<T>(mostBytes: number, bytesOf: (value: T) => number): Kept<T> {
  const kept = new Map<string, T>();
  let bytes = 0;
  const forget = (key: string, value: T) => {
    kept.delete(key);
    bytes -= bytesOf(value);
  };
  return {
    async get(key, make) {
      const known = kept.get(key);
      const value = known ?? (await make());
      if (bytesOf(value) > mostBytes) return value;
      if (kept.has(key)) forget(key, value);
      kept.set(key, value);
      bytes += bytesOf(value);
      for (const [oldKey, old] of kept) if (bytes > mostBytes) forget(oldKey, old);
      return value;
    },
  };
}
