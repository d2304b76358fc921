import v8 from 'node:v8';

/**
 * A workflow that leaves the cache is replayed at its next step, in some milliseconds: a video that waits for days needs no
 * memory meanwhile.
 */
export const cachedWorkflows = 20;

/** In MB. Cached workflows take one or two each; most of the rest would be garbage that V8 leaves lying. */
const youngMegabytes = 2;
const oldMegabytes = 256;

/**
 * Runs `create`, whose threads get a bounded heap: by default, V8 lets the one for the workflows grow to gigabytes before it
 * looks for garbage. The SDK does not pass limits on to its thread; a thread takes them from V8's flags when it starts.
 * @param create resolves once its threads have started
 */
export async function withBoundedThreads<T>(create: () => Promise<T>): Promise<T> {
  setFlags(youngMegabytes, oldMegabytes);
  try {
    return await create();
  } finally {
    // 0: V8's own.
    setFlags(0, 0);
  }
}

function setFlags(young: number, old: number): void {
  v8.setFlagsFromString(`--max-semi-space-size=${young}`);
  v8.setFlagsFromString(`--max-old-space-size=${old}`);
}
