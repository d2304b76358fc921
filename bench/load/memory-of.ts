import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Follows the resident memory of one process, in MB. */
export interface MemoryOf {
  now(): Promise<number>;
  /** The most since the last call. */
  peak(): number;
  stop(): Promise<void>;
}

export function memoryOf(pid: number): MemoryOf {
  let most = 0;
  const ending = new AbortController();
  const now = async () => {
    const { stdout } = await run('ps', ['-o', 'rss=', '-p', String(pid)]);
    const megabytes = Number(stdout) / 1024;
    most = Math.max(most, megabytes);
    return megabytes;
  };
  const { signal } = ending;
  const following = (async () => {
    while (!signal.aborted) {
      await now().catch(() => undefined);
      await sleep(250, undefined, { signal }).catch(() => undefined);
    }
  })();
  return {
    now,
    peak() {
      const peak = most;
      most = 0;
      return peak;
    },
    async stop() {
      ending.abort();
      await following;
    },
  };
}
