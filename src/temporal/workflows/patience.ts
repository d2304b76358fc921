import {
  ActivityFailure,
  ApplicationFailure,
  condition,
  defineSignal,
  isCancellation,
  setHandler,
  upsertMemo,
} from '@temporalio/workflow';
import { pauseBeforeSignInCheck } from '../../domain/sign-in-checks.ts';
import { unknownActivity } from '../activity-options.ts';
import { type RevisionMemo, retryRevisionSignal } from '../names.ts';
import { OddResult } from './checked-activities.ts';
import { type ExplainedFailure, explain, isWaitingForHost, wasHandedOver } from './explain-failure.ts';

export const retryRevision = defineSignal(retryRevisionSignal);

/** How a revision takes the failures of its activities. */
export class Patience {
  private isAsked = false;
  private signInChecks = 0;

  constructor() {
    setHandler(retryRevision, () => {
      this.isAsked = true;
    });
  }

  /**
   * Repeats `work` until it succeeds, where waiting helps: it sleeps until a known time, and checks a dead sign-in now and
   * then; both end when somebody asks.
   * @throws ApplicationFailure with what a person has to fix
   */
  async waiting<T>(work: () => Promise<T>): Promise<T> {
    for (;;) {
      const outcome = await this.tryIt(work);
      if ('done' in outcome) return outcome.done;
      const { failure } = outcome;
      if (failure === undefined) continue;
      const until = this.untilWhen(failure);
      if (until === undefined) throw asFailure(failure);
      await this.sleep(failure, until);
    }
  }

  /** Like `waiting`, for a person who is looking: whatever is wrong is said at once. */
  async failing<T>(work: () => Promise<T>): Promise<T> {
    for (;;) {
      const outcome = await this.tryIt(work);
      if ('done' in outcome) return outcome.done;
      if (outcome.failure) throw asFailure(outcome.failure);
    }
  }

  /** No failure: the work was handed over, and is to be done again. */
  private async tryIt<T>(work: () => Promise<T>): Promise<{ done: T } | { failure: ExplainedFailure | undefined }> {
    try {
      return { done: await work() };
    } catch (error) {
      if (isCancellation(error)) throw error;
      if (error instanceof OddResult) throw ApplicationFailure.nonRetryable(error.message, 'RESULT_INVALID');
      if (!(error instanceof ActivityFailure)) throw error;
      if (wasHandedOver(error) || isWaitingForHost(error)) return { failure: undefined };
      return { failure: explainRevision(error) };
    }
  }

  /** Milliseconds since 1970; undefined if a person has to fix something first. */
  private untilWhen({ code, notBefore }: ExplainedFailure): number | undefined {
    if (notBefore !== undefined || code !== 'AUTH_REQUIRED') return notBefore;
    const pause = pauseBeforeSignInCheck(this.signInChecks);
    this.signInChecks += 1;
    return Date.now() + pause;
  }

  private async sleep({ code, reason, action }: ExplainedFailure, until: number): Promise<void> {
    const show = (revision: RevisionMemo) => upsertMemo({ revision });
    this.isAsked = false;
    show({ waiting: { code, reason, action, until: new Date(until).toISOString() } });
    if (await condition(() => this.isAsked, Math.max(1, until - Date.now()))) this.signInChecks = 0;
    show({});
  }
}

function explainRevision(error: ActivityFailure): ExplainedFailure {
  const { cause } = error;
  if (!(cause instanceof ApplicationFailure) || cause.type !== unknownActivity) return explain('UPLOADING', error);
  return {
    stage: 'UPLOADING',
    code: 'OLDER_PROGRAM',
    reason: 'The machine that has this video runs an earlier version of the program, which cannot revise videos.',
    action: 'Update the program on that machine (npx badminton hosts names them), then revise it again.',
  };
}

const asFailure = ({ code, reason, action }: ExplainedFailure) =>
  ApplicationFailure.create({ message: reason, type: code, nonRetryable: true, details: [{ action }] });
