import { Refusal } from '../api.ts';

/** Seconds between attempts; the last goes on. */
const pauses = [0.5, 1, 2, 4, 8];

export interface Patience {
  readonly signal: AbortSignal;
  /** Called when an attempt failed that will be repeated. */
  readonly onWait: (refusal: Refusal) => void;
}

/** Repeats what fails for want of a network, a server or a turn, for as long as it takes. @throws Refusal, AbortError */
export async function patiently<T>({ signal, onWait }: Patience, attempt: (tries: number) => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await attempt(tries);
    } catch (error) {
      if (!(error instanceof Refusal && isPassing(error.status))) throw error;
      onWait(error);
      await pause((pauses[Math.min(tries, pauses.length - 1)] ?? 1) * 1000, signal);
    }
  }
}

const isPassing = (status: number) => status === 0 || [429, 502, 503, 504].includes(status);

/** Ends early when the browser notices that there is a network again. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const end = () => {
      clearTimeout(timer);
      removeEventListener('online', end);
      signal.removeEventListener('abort', end);
      if (signal.aborted) reject(signal.reason);
      else resolve();
    };
    const timer = setTimeout(end, milliseconds);
    addEventListener('online', end);
    signal.addEventListener('abort', end);
  });
}
