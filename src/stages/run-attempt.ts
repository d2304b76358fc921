import { StageError } from '../domain/errors.ts';
import type { Attempt } from '../workspace/fence.ts';
import { type Admit, holdVideos } from '../workspace/hold.ts';
import type { Store } from '../workspace/store.ts';
import type { Progress, StageContext } from './context.ts';

export interface AttemptOptions {
  readonly store: Store;
  readonly attempt: Attempt;
  /** The work is not wanted any more. */
  readonly cancelled: AbortSignal;
  readonly report: (progress: Progress) => void;
  readonly admit?: Admit | undefined;
  /** A sign of life: called at once and then every second, as long as the stage runs. */
  readonly beat?: () => void;
}

const beatMilliseconds = 1000;

/**
 * Runs a stage as one attempt, whoever runs it: what it opens stays held until it ends, and when a newer attempt takes a
 * video over, the stage is stopped.
 * @throws StageError SUPERSEDED when that happened; else what the stage throws
 */
export async function runAttempt<T>(
  { store, attempt, cancelled, report, admit, beat }: AttemptOptions,
  stage: (context: StageContext) => Promise<T>,
): Promise<T> {
  const hold = holdVideos(store, admit);
  const superseded = new AbortController();
  const signal = AbortSignal.any([cancelled, superseded.signal]);
  const pump = setInterval(() => {
    beat?.();
    try {
      hold.refresh();
    } catch (error) {
      // Of nothing else it is certain that it concerns the stage: what cannot be kept, its own writes find out.
      if (error instanceof StageError && error.code === 'SUPERSEDED') superseded.abort(error);
    }
  }, beatMilliseconds);
  try {
    beat?.();
    return await stage({ store: hold.store, attempt, signal, report });
  } catch (error) {
    throw superseded.signal.aborted ? superseded.signal.reason : error;
  } finally {
    clearInterval(pump);
    hold.release();
  }
}
