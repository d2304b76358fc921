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
  /** Says that something moves: called at once and then every second, as long as the stage gives signs of work. */
  readonly beat?: () => void;
  /** Seconds without a sign of work after which the stage counts as hung; without it, a person watches. */
  readonly stallTimeoutSeconds?: number | undefined;
}

const beatMilliseconds = 1000;
/** How long a hung stage may take to end what it has begun. */
const endWithin = 5000;

/**
 * Runs a stage as one attempt, whoever runs it: what it opens stays held until it ends, and when a newer attempt takes a
 * video over, or nothing moves any more, the stage is stopped. One that does not even hear of that is left to itself: a
 * newer attempt keeps it from writing.
 * @throws StageError SUPERSEDED, STALLED when that happened; else what the stage throws
 */
export async function runAttempt<T>(
  { store, attempt, cancelled, report, admit, beat, stallTimeoutSeconds = Number.POSITIVE_INFINITY }: AttemptOptions,
  stage: (context: StageContext) => Promise<T>,
): Promise<T> {
  const hold = holdVideos(store, admit);
  const ended = new AbortController();
  const signal = AbortSignal.any([cancelled, ended.signal]);
  const left = Promise.withResolvers<never>();
  const stallTimeout = stallTimeoutSeconds * 1000;
  /** Counted in beats, not by the clock: a machine that was asleep would blame the stage. */
  let silence = 0;
  const alive = () => {
    silence = 0;
  };
  const pump = setInterval(() => {
    silence += beatMilliseconds;
    if (silence > stallTimeout) {
      ended.abort(stalled(stallTimeoutSeconds));
      if (silence > stallTimeout + endWithin) left.reject(ended.signal.reason);
      return;
    }
    beat?.();
    try {
      hold.refresh();
    } catch (error) {
      // Of nothing else it is certain that it concerns the stage: what cannot be kept, its own writes find out.
      if (error instanceof StageError && error.code === 'SUPERSEDED') ended.abort(error);
    }
  }, beatMilliseconds);
  try {
    beat?.();
    const reporting = (progress: Progress) => {
      alive();
      report(progress);
    };
    return await Promise.race([stage({ store: hold.store, attempt, signal, report: reporting, alive }), left.promise]);
  } catch (error) {
    throw ended.signal.aborted ? ended.signal.reason : error;
  } finally {
    clearInterval(pump);
    hold.release();
  }
}

function stalled(seconds: number): StageError {
  const time = seconds < 120 ? `${seconds} seconds` : `${Math.round(seconds / 60)} minutes`;
  return new StageError('STALLED', `Nothing moved for ${time}: a disk or a network folder may not be answering.`, {
    remedy: 'retry',
    action:
      'It is tried again automatically. If it needs attention, check the disk of the recording and of the data folder, then retry.',
  });
}
