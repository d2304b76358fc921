import { mkdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Arrival, type ArrivalActions, type ArrivalOptions, type ArrivalTimes } from './arrival.ts';
import { fileState } from './file-state.ts';
import { tellOfMisnamed } from './misnamed.ts';
import { lookInto } from './recordings.ts';

export interface FolderWatch {
  close(): Promise<void>;
}

/** Milliseconds; the defaults suit a club's recordings. */
export interface WatchFolderOptions extends Partial<ArrivalTimes>, ArrivalActions {
  /** How often to look at the folder. */
  readonly lookEvery?: number;
}

const unhurried = { quietFor: 2000, giveUpAfter: 60_000, sayAfter: 600_000, tryAgainAfter: 15_000 };
/** How many times longer a file must stay unchanged if nothing else shows that it is complete. */
const unsureFactor = 15;

/**
 * Picks up each recording in a folder, whether already there or still to come, once it has finished copying. It polls
 * instead of waiting for events: network folders and the targets of links send none, and for a file that is given its
 * full size in advance they do not show when copying ends.
 */
export function watchFolder(folder: string, wishes: WatchFolderOptions): FolderWatch {
  const { quietFor = unhurried.quietFor } = wishes;
  const { lookEvery = Math.min(500, quietFor / 4) } = wishes;
  const options: ArrivalOptions = { ...unhurried, quietWhenUnsure: quietFor * unsureFactor, ...wishes };
  mkdirSync(folder, { recursive: true });
  const arrivals = new Map<string, Arrival>();
  const closing = new AbortController();
  const tellMisnamed = tellOfMisnamed(options.say);
  let lastProblem: string | undefined;

  const look = async () => {
    const { recordings: files, misnamed } = await lookInto(folder);
    tellMisnamed(misnamed);
    const states = await Promise.all(files.map((file) => fileState(file)));
    if (closing.signal.aborted) return;
    const present = new Map(files.map((file, at) => [file, states[at]]));
    for (const [file, arrival] of arrivals) {
      if (present.get(file) !== undefined) continue;
      arrival.abandon();
      arrivals.delete(file);
    }
    const now = performance.now();
    for (const [file, state] of present) {
      if (state === undefined) continue;
      const arrival = arrivals.get(file);
      if (arrival) arrival.look(state, now);
      else arrivals.set(file, new Arrival(file, state, now, options));
    }
  };
  const watch = async () => {
    while (!closing.signal.aborted) {
      try {
        await look();
        lastProblem = undefined;
      } catch (error) {
        const problem = (error as Error).message;
        if (problem !== lastProblem) options.say(`The folder ${folder} cannot be read: ${problem}`);
        lastProblem = problem;
      }
      await sleep(lookEvery, undefined, { signal: closing.signal }).catch(() => undefined);
    }
  };
  const watching = watch();

  return {
    async close() {
      closing.abort();
      for (const arrival of arrivals.values()) arrival.abandon();
      await watching;
    },
  };
}
