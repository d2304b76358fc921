import { type ActivityFailure, ApplicationFailure, TimeoutFailure } from '@temporalio/workflow';
import { asNote, asReason } from '../../domain/bounds.ts';
import type { Attention } from '../../domain/next-step.ts';
import type { Stage } from '../../domain/stages.ts';

const seeLog = 'See the log of the worker.';

/** What a person is told about a failure, and when (milliseconds since 1970) a retry first makes sense. */
export interface ExplainedFailure extends Attention {
  readonly notBefore?: number | undefined;
}

/** The task is waiting for its host: nothing failed, and no other host can do it. */
export function isWaitingForHost(error: ActivityFailure): boolean {
  return error.cause instanceof TimeoutFailure && error.cause.timeoutType === 'SCHEDULE_TO_START';
}

/** Its worker shut down cleanly; the next one resumes the work, however often this happens. */
export function wasHandedOver(error: ActivityFailure): boolean {
  return error.cause instanceof ApplicationFailure && error.cause.type === 'WORKER_STOPPED';
}

/** Milliseconds since 1970 within the range of a Date. */
const isMoment = (value: unknown): value is number => typeof value === 'number' && Math.abs(value) <= 8.64e15;

export function explain(stage: Stage, error: ActivityFailure): ExplainedFailure {
  const { cause } = error;
  if (cause instanceof ApplicationFailure) {
    const [details] = (cause.details ?? []) as [{ action?: unknown; notBefore?: unknown; failingSince?: unknown }?];
    const { action, notBefore, failingSince } = details ?? {};
    return {
      stage,
      code: asNote(cause.type ?? 'UNEXPECTED'),
      reason: asReason(cause.message),
      action: typeof action === 'string' ? asReason(action) : seeLog,
      ...(isMoment(notBefore) && { notBefore }),
      ...(isMoment(failingSince) && { failingSince: new Date(failingSince).toISOString() }),
    };
  }
  if (cause instanceof TimeoutFailure) {
    return {
      stage,
      code: 'TIMED_OUT',
      reason: `The worker stopped answering (${cause.timeoutType}).`,
      action: 'Check that the worker is running and that the machine has memory left.',
    };
  }
  return {
    stage,
    code: 'UNEXPECTED',
    reason: asReason(cause?.message ?? error.message),
    action: seeLog,
  };
}
