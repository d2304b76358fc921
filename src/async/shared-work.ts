/** Work that several callers may wait for; it is abandoned once the last of them gives up. */
export interface SharedWork<T> {
  /**
   * Joins the work for that key, or starts it.
   * @throws what the work throws; the signal's reason immediately when aborted
   */
  join(key: string, begin: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T>;
}

interface Work<T> {
  readonly done: Promise<T>;
  readonly end: AbortController;
  waiting: number;
}

export function shareWork<T>(): SharedWork<T> {
  const works = new Map<string, Work<T>>();

  function begun(key: string, begin: (signal: AbortSignal) => Promise<T>): Work<T> {
    const end = new AbortController();
    const work: Work<T> = { done: begin(end.signal), end, waiting: 0 };
    const forget = () => {
      if (works.get(key) === work) works.delete(key);
    };
    work.done.then(forget, forget);
    works.set(key, work);
    return work;
  }

  return {
    async join(key, begin, signal) {
      signal?.throwIfAborted();
      const work = works.get(key) ?? begun(key, begin);
      work.waiting += 1;
      try {
        return await (signal ? unlessAborted(work.done, signal) : work.done);
      } finally {
        work.waiting -= 1;
        if (work.waiting === 0) {
          if (works.get(key) === work) works.delete(key);
          work.end.abort(signal?.reason);
        }
      }
    },
  };
}

/** The work's outcome, or the signal's reason as soon as it is aborted. */
export async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  if (signal.aborted) abort();
  else signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
