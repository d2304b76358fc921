import type { Trouble } from '../temporal/client/errors.ts';
import type { RunningWorker } from '../temporal/worker.ts';

/** What to tell people once this machine was given something that it cannot decode. */
export function payloadTrouble(worker: Pick<RunningWorker, 'unreadable'>): Trouble | undefined {
  const reason = worker.unreadable();
  if (reason === undefined) return undefined;
  return {
    isAway: false,
    reason,
    told: {
      begin: `This machine cannot read what it was given to do. ${reason} Then start this program again. Until then, videos wait or need attention; nothing is lost.`,
      end: 'This machine can read all that it is given to do.',
    },
  };
}
