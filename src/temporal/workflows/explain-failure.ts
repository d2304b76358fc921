import { type ActivityFailure, ApplicationFailure, TimeoutFailure } from '@temporalio/workflow';
import type { Attention } from '../../domain/next-step.ts';
import type { Stage } from '../../domain/stages.ts';

/** What a person is told about a failure, and from which moment on (milliseconds since 1970) it is worth another try. */
export interface Explained extends Attention {
  readonly notBefore?: number | undefined;
}

/** The task waited for its machine: nothing failed, and nothing but that machine can do it. */
export function isWaitingForHost(error: ActivityFailure): boolean {
  return error.cause instanceof TimeoutFailure && error.cause.timeoutType === 'SCHEDULE_TO_START';
}

/** Its worker was stopped in time, however often: the next one goes on. */
export function wasHandedOver(error: ActivityFailure): boolean {
  return error.cause instanceof ApplicationFailure && error.cause.type === 'WORKER_STOPPED';
}

export function explain(stage: Stage, error: ActivityFailure): Explained {
  const { cause } = error;
  if (cause instanceof ApplicationFailure) {
    const [details] = (cause.details ?? []) as [{ action?: string; notBefore?: number }?];
    return {
      stage,
      code: cause.type ?? 'UNEXPECTED',
      reason: cause.message,
      action: details?.action ?? 'Look at the log of the worker.',
      ...(details?.notBefore !== undefined && { notBefore: details.notBefore }),
    };
  }
  if (cause instanceof TimeoutFailure) {
    return {
      stage,
      code: 'TIMED_OUT',
      reason: `The worker stopped answering (${cause.timeoutType}).`,
      action: 'See whether the worker runs and the machine has memory left.',
    };
  }
  return {
    stage,
    code: 'UNEXPECTED',
    reason: cause?.message ?? error.message,
    action: 'Look at the log of the worker.',
  };
}
