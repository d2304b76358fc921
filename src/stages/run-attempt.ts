import { StageError } from '../domain/errors.ts';
import type { Attempt } from '../workspace/fence.ts';
import { type Admit, holdVideos } from '../workspace/hold.ts';
import type { Store } from '../workspace/store.ts';
import type { Progress, StageContext } from './context.ts';

export interface AttemptOptions {
  readonly store: Store;
  readonly attempt: Attempt;
  /** Aborts when the work is no longer wanted. */
  readonly cancelled: AbortSignal;
  readonly report: (progress: Progress) => void;
  readonly admit?: Admit | undefined;
  /** Signals progress: called at once and then every second, as long as the stage shows signs of work. */
  readonly beat?: () => void;
  /** Seconds without a sign of work after which the stage counts as hung; by default never: a person is watching. */
  readonly stallTimeoutSeconds?: number | undefined;
}

const beatMilliseconds = 1000;
/** How long a hung stage may take to stop. */
const endWithin = 5000;

/**
 * Runs a stage as one attempt, from the worker or the command line. Videos it opens stay held until it ends. If a newer
 * attempt takes over a video, or progress stops, the stage is stopped. A hung stage that does not respond is left to
 * itself: a newer attempt keeps it from writing.
 * @throws StageError SUPERSEDED or STALLED in these cases; otherwise what the stage throws
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
  /** Counted in beats, not by the clock: otherwise a stage would be blamed for the time the machine was asleep. */
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
      // Any other error may not concern the stage; if the hold is really lost, the stage's own writes will fail.
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
