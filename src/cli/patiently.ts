import { setTimeout as sleep } from 'node:timers/promises';
import { StageError } from '../domain/errors.ts';
import { showMoment } from '../domain/local-time.ts';
import type { StageContext } from '../stages/context.ts';

/** Nobody sits in front of a terminal for longer than half an hour. */
const longestWait = 30 * 60_000;

/** Repeats a stage at the time it names itself, as long as that is near. */
export async function patiently<T>({ signal, report }: StageContext, stage: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await stage();
    } catch (error) {
      const wait =
        error instanceof StageError && error.notBefore !== undefined ? error.notBefore - Date.now() : undefined;
      if (wait === undefined || wait > longestWait) throw error;
      const { message, notBefore = 0 } = error as StageError;
      report({ note: `${message} Waiting until ${showMoment(notBefore)}` });
      await sleep(Math.max(1, wait), undefined, { signal });
    }
  }
}
