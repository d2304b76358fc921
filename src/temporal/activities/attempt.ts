import { ApplicationFailure, CancelledFailure, Context, type Info } from '@temporalio/activity';
import { StageError } from '../../domain/errors.ts';
import { explainSystemError } from '../../domain/system-error.ts';
import type { Progress, StageContext } from '../../stages/context.ts';
import { runAttempt } from '../../stages/run-attempt.ts';
import type { Attempt } from '../../workspace/fence.ts';
import type { Admit } from '../../workspace/hold.ts';
import type { WorkerParts } from '../worker-parts.ts';
import { measureAttempt } from './measure-attempt.ts';

/**
 * Runs a stage as one attempt of an activity: heartbeats with its progress from the start, passes cancellation on to
 * it, fences it off from other attempts, and says in any failure what a person can do.
 */
export async function asAttempt<T>(
  {
    store,
    log,
    admit,
    stallTimeoutSeconds,
  }: Pick<WorkerParts, 'store' | 'log' | 'stallTimeoutSeconds'> & { readonly admit?: Admit },
  stage: (context: StageContext) => Promise<T>,
): Promise<T> {
  const context = Context.current();
  const { info, cancellationSignal: cancelled } = context;
  const attempt = attemptOf(info);
  const videoLog = log.child({
    videoId: info.workflowExecution?.workflowId,
    stage: info.activityType,
    attempt: info.attempt,
  });
  let latest: Progress = { note: 'starting' };
  const report = (progress: Progress) => {
    latest = progress;
  };
  const beat = () => context.heartbeat(latest);
  const started = Date.now();
  const measure = measureAttempt(context);
  videoLog.info('started');
  try {
    const result = await runAttempt(
      { store, attempt, cancelled, report, beat, admit, stallTimeoutSeconds: stallTimeoutSeconds?.() },
      stage,
    );
    videoLog.info({ milliseconds: Date.now() - started }, 'done');
    measure('done');
    return result;
  } catch (error) {
    const failure = asFailure(error, cancelled, behindServer(info, started));
    if (failure instanceof CancelledFailure) videoLog.info('cancelled');
    else videoLog.warn({ reason: failure.message, type: failure.type }, 'failed');
    if (failure instanceof CancelledFailure) measure('cancelled');
    else measure('failed', failure.type ?? undefined);
    throw failure;
  }
}

function attemptOf({ workflowExecution, activityId, attempt }: Info): Attempt {
  const runId = workflowExecution?.runId ?? '';
  // Our SDK numbers the activities of a run in the order they are scheduled; other SDKs may use names.
  if (/^\d{1,9}$/.test(activityId)) return { line: runId, place: [Number(activityId), attempt] };
  return { line: `${runId}/${activityId}`, place: [0, attempt] };
}

/**
 * Milliseconds by which this machine's clock is behind the server's, as far as can be told: the attempt began before it
 * was scheduled. The workflow waits by the server's clock, for which a moment of ours would have passed already.
 */
const behindServer = ({ currentAttemptScheduledTimestampMs: scheduled }: Info, started: number) =>
  Math.max(0, scheduled - started);

function asFailure(error: unknown, signal: AbortSignal, behind: number): ApplicationFailure | CancelledFailure {
  if (signal.aborted) {
    const { reason } = signal;
    if (reason instanceof CancelledFailure && reason.message === 'WORKER_SHUTDOWN') {
      return ApplicationFailure.retryable('The worker was stopped; the next one resumes this.', 'WORKER_STOPPED');
    }
    return reason instanceof CancelledFailure ? reason : new CancelledFailure('CANCELLED');
  }
  if (error instanceof ApplicationFailure) return error;
  const told = error instanceof StageError ? error : explainSystemError(error);
  if (!told) return unexpected(error);
  const { message, code, remedy, action, notBefore, failingSince } = told;
  const moments = {
    ...(notBefore !== undefined && { notBefore: notBefore + behind }),
    ...(failingSince !== undefined && { failingSince }),
  };
  return ApplicationFailure.create({
    message,
    type: code,
    // The workflow itself sleeps until a known time: a retry by the server would come too early, or use up attempts.
    nonRetryable: remedy === 'fix' || notBefore !== undefined,
    details: [{ action, ...moments }],
  });
}

function unexpected(error: unknown): ApplicationFailure {
  const { message } = error as Error;
  return ApplicationFailure.create({ message: message ?? String(error), type: 'UNEXPECTED', cause: error as Error });
}
