import type { Context } from '@temporalio/activity';

const workerStopped = 'WORKER_STOPPED';

type Outcome = 'done' | 'cancelled' | 'failed';

/** Counts an attempt that begins now. The meter adds the type of the activity, and its queue. */
export function measureAttempt({ metricMeter: meter }: Context): (outcome: Outcome, code?: string) => void {
  const attempts = meter.createCounter('badminton_attempts', undefined, 'Attempts at activities, by how they ended.');
  const failures = meter.createCounter(
    'badminton_failures',
    undefined,
    'Attempts that failed, by the code of the error.',
  );
  const duration = meter.createHistogram('badminton_attempt', 'float', 'seconds', 'How long attempts took.');
  const began = performance.now();
  return (outcome, code) => {
    // A worker that was stopped has handed its work over: nothing went wrong.
    const ended = code === workerStopped ? 'handed_over' : outcome;
    attempts.add(1, { outcome: ended });
    if (ended === 'failed') failures.add(1, { code: code ?? 'UNEXPECTED' });
    duration.record((performance.now() - began) / 1000, { outcome: ended });
  };
}
