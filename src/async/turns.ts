/** Work of the same key is done one after the other, in the order in which it was asked for. */
export function createTurns(): <T>(key: string, work: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>();
  return (key, work) => {
    const done = (last.get(key) ?? Promise.resolve()).then(work, work);
    const forget = () => {
      if (last.get(key) === done) last.delete(key);
    };
    last.set(key, done);
    done.then(forget, forget);
    return done;
  };
}
