import { setTimeout as sleep } from 'node:timers/promises';
import { childrenOf } from './children.ts';

/** Real work that gets no further: whichever child processes it has are stopped (SIGSTOP), until something ends them. */
export interface StoppedChildren {
  /** Settles once one was stopped that works. */
  readonly found: Promise<void>;
  /**
   * Stops no more of them, and ends what is left.
   * @returns process ids of those at work that nothing has ended
   */
  end(): readonly number[];
}

/** A child that was there already may be a spare one, which is kept for the next task: it may or may not be given it. */
const spareMilliseconds = 1000;

/** From now on each child of this process is stopped as it is seen, except these. */
export function stopChildren(except: readonly number[]): StoppedChildren {
  const present = () => childrenOf(process.pid).filter((pid) => !except.includes(pid));
  const spares = new Set(present());
  const stopped = new Set<number>();
  const found = Promise.withResolvers<void>();
  let isOver = false;
  const watch = async () => {
    for (const began = performance.now(); !isOver; await sleep(50)) {
      for (const pid of present()) if (!stopped.has(pid) && signal(pid, 'SIGSTOP')) stopped.add(pid);
      const isNew = [...stopped].some((pid) => !spares.has(pid));
      if (isNew || (stopped.size > 0 && performance.now() - began > spareMilliseconds)) found.resolve();
    }
  };
  void watch();
  return {
    found: found.promise,
    end() {
      isOver = true;
      const left = present().filter((pid) => stopped.has(pid));
      // A spare one that stays stopped would be given the next task.
      for (const pid of left) signal(pid, 'SIGKILL');
      const isWorking = left.length === stopped.size;
      return left.filter((pid) => isWorking || !spares.has(pid));
    },
  };
}

function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    process.kill(pid, name);
    return true;
  } catch {
    // It has ended.
    return false;
  }
}
