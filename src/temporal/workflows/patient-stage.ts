import { ActivityFailure, ApplicationFailure, condition, isCancellation, TimeoutFailure } from '@temporalio/workflow';
import type { Attention } from '../../domain/next-step.ts';
import type { Stage } from '../../domain/stages.ts';
import type { VideoState } from './video-state.ts';

/** Runs the stages of one video; a stage that cannot go on parks the video instead of failing it. */
export class PatientStages {
  private retryAsked = false;
  private readonly state: VideoState;

  constructor(state: VideoState) {
    this.state = state;
  }

  readonly retry = (): void => {
    this.retryAsked = true;
  };

  /** Repeats `work` until it succeeds: after its own bounded retries it waits for a person's `retry`. */
  async run<T>(stage: Stage, work: () => Promise<T>): Promise<T> {
    this.state.enter(stage);
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
        if (wasHandedOver(error)) continue;
        if (isWaitingForHost(error)) {
          this.state.note = `No worker${this.state.hostName ? ` on ${this.state.hostName}` : ''} has taken this up yet: it is busy, or not running (npx badminton worker).`;
          this.state.show();
          continue;
        }
        await this.park(explain(stage, error));
        this.state.enter(stage);
      }
    }
  }

  private async park(attention: Attention): Promise<void> {
    this.retryAsked = false;
    this.state.attention = attention;
    this.state.enter('NEEDS_ATTENTION');
    await condition(() => this.retryAsked);
  }
}

/** The task waited for its machine: nothing failed, and nothing but that machine can do it. */
function isWaitingForHost(error: ActivityFailure): boolean {
  return error.cause instanceof TimeoutFailure && error.cause.timeoutType === 'SCHEDULE_TO_START';
}

/** Its worker was stopped in time, however often: the next one goes on. */
function wasHandedOver(error: ActivityFailure): boolean {
  return error.cause instanceof ApplicationFailure && error.cause.type === 'WORKER_STOPPED';
}

function explain(stage: Stage, error: ActivityFailure): Attention {
  const { cause } = error;
  if (cause instanceof ApplicationFailure) {
    const [details] = (cause.details ?? []) as [{ action?: string }?];
    return {
      stage,
      code: cause.type ?? 'UNEXPECTED',
      reason: cause.message,
      action: details?.action ?? 'Look at the log of the worker.',
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
