import { workflowInfo } from '@temporalio/workflow';
import { continuesAsNew } from './patches.ts';

interface Size {
  readonly events: number;
  readonly bytes: number;
}

/** Worth a new run as soon as nothing is being done; well before the server warns at 10,240 events, 10 MB. */
const long: Size = { events: 4000, bytes: 2_000_000 };
/** Then what is being done is interrupted, so that there is room left for messages that come meanwhile. */
const full: Size = { events: 7000, bytes: 3_500_000 };

export const isHistoryLong = (): boolean => exceeds(long) && continuesAsNew();
export const isHistoryFull = (): boolean => exceeds(full) && continuesAsNew();

function exceeds({ events, bytes }: Size): boolean {
  const { historyLength, historySize } = workflowInfo();
  return historyLength >= events || historySize >= bytes;
}

/** The run ends here, and a new one continues it with everything that it knows. */
export class TimeForNewRun extends Error {
  override readonly name = 'TimeForNewRun';
}
