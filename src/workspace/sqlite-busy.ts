/** SQLITE_BUSY or any of its extended codes; see "Result and Error Codes" of the SQLite documentation. */
export function isBusy(error: unknown): boolean {
  return (((error as { errcode?: number }).errcode ?? 0) & 0xff) === 5;
}

/** Retries for up to `milliseconds` while another process holds the database; blocks the thread. */
export function whenFree<T>(milliseconds: number, work: () => T): T {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (const deadline = Date.now() + milliseconds; ; ) {
    try {
      return work();
    } catch (error) {
      if (!isBusy(error) || Date.now() > deadline) throw error;
      Atomics.wait(pause, 0, 0, 20);
    }
  }
}
