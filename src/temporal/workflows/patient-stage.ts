import { ActivityFailure, condition, isCancellation } from '@temporalio/workflow';
import type { Attention } from '../../domain/next-step.ts';
import type { Stage } from '../../domain/stages.ts';
import type { UploadOrder } from '../../domain/upload-order.ts';
import type { RetryOrder } from '../names.ts';
import { explain, isWaitingForHost, wasHandedOver } from './explain-failure.ts';
import type { VideoState } from './video-state.ts';

/** What a person asked for with `retry`; empty when a stage is tried by itself. */
export type Asked = Pick<UploadOrder, 'askAgain' | 'sendAgain'>;

/** A sign-in that works again is noticed by the worker; these are for when it was not running. */
const firstSignInCheck = 10 * 60_000;
const longestSignInPause = 6 * 3_600_000;

/**
 * Runs the stages of one video; a stage that cannot go on parks the video instead of failing it, and one that may go on
 * at a known moment sleeps until then.
 */
export class PatientStages {
  private retryAsked = false;
  private asked: Asked = {};
  private signInPause = firstSignInCheck;
  private readonly state: VideoState;

  constructor(state: VideoState) {
    this.state = state;
  }

  readonly retry = (order: RetryOrder = {}): void => {
    this.retryAsked = true;
    // Named after its moment, so that the stage follows it once, however often it is tried with it.
    this.asked = { askAgain: true, ...(order.sendAgain && { sendAgain: new Date().toISOString() }) };
  };

  /** Repeats `work` until it succeeds: after its own bounded retries it waits for its moment, or a person's `retry`. */
  async run<T>(stage: Stage, work: (asked: Asked) => Promise<T>): Promise<T> {
    this.asked = {};
    this.state.enter(stage);
    for (;;) {
      try {
        return await work(this.asked);
      } catch (error) {
        if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
        if (wasHandedOver(error)) continue;
        if (isWaitingForHost(error)) {
          this.state.note = `No worker${this.state.hostName ? ` on ${this.state.hostName}` : ''} has taken this up yet: it is busy, or not running (npx badminton worker).`;
          this.state.show();
          continue;
        }
        const { notBefore, ...attention } = explain(stage, error);
        if (notBefore !== undefined) {
          await this.sleep(attention, notBefore);
          continue;
        }
        await this.park(attention);
        this.state.enter(stage);
      }
    }
  }

  private async sleep({ code, reason, action }: Attention, notBefore: number): Promise<void> {
    this.forgetRetry();
    this.state.sleep({ code, reason, action, until: new Date(notBefore).toISOString() });
    await condition(() => this.retryAsked, Math.max(1, notBefore - Date.now()));
    this.state.sleep(undefined);
  }

  private async park(attention: Attention): Promise<void> {
    this.forgetRetry();
    this.state.attention = attention;
    this.state.enter('NEEDS_ATTENTION');
    const retried = () => this.retryAsked;
    if (attention.code !== 'AUTH_REQUIRED') return condition(retried);
    const byPerson = await condition(retried, this.signInPause);
    this.signInPause = byPerson ? firstSignInCheck : Math.min(longestSignInPause, this.signInPause * 2);
  }

  private forgetRetry(): void {
    this.retryAsked = false;
    this.asked = {};
  }
}
