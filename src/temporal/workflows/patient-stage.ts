import { ActivityFailure, CancellationScope, condition, isCancellation } from '@temporalio/workflow';
import type { CarriedPatience } from '../../domain/carried-run.ts';
import type { RetryOrder } from '../../domain/messages.ts';
import type { Attention } from '../../domain/next-step.ts';
import { pauseBeforeSignInCheck } from '../../domain/sign-in-checks.ts';
import type { Stage } from '../../domain/stages.ts';
import type { UploadOrder } from '../../domain/upload-order.ts';
import { OddResult } from './checked-activities.ts';
import type { EarlyUpload } from './early-upload.ts';
import { type ExplainedFailure, explain, isWaitingForHost, wasHandedOver } from './explain-failure.ts';
import { isHistoryFull, isHistoryLong, TimeForNewRun } from './long-history.ts';
import { Obstacle } from './obstacle.ts';
import { choiceLeavesPark, choiceStaysOpen, retryRepeatsEarlierStages } from './patches.ts';
import { mayBeSentAgain, type VideoState } from './video-state.ts';

/** What a person asked for with `retry`; empty if nobody did. */
export type Asked = Pick<UploadOrder, 'askAgain' | 'sendAgain'>;

/** The choice was changed or undone while the video was carrying it out. */
export class ChoiceChanged extends Error {
  override readonly name = 'ChoiceChanged';
}

/**
 * Runs the stages of one video. A stage that cannot continue parks the video instead of failing it; one that can
 * continue at a known time sleeps until then.
 */
export class PatientStages {
  private retryAsked = false;
  private asked: Asked = {};
  private choiceChanged = false;
  /** Stops what is running when the choice it carries out is changed. */
  private interrupt: (() => void) | undefined;
  private isPublishing = false;
  /** Stops the work of the stage, whatever it is. */
  private stopWork: (() => void) | undefined;
  /** The history is full: the work has been stopped. */
  private isStopped = false;
  /** An earlier run was in the stage that comes first here. */
  private isContinued = false;
  /** How often a sign-in was checked in vain since a person last retried. */
  private signInChecks = 0;
  /** The work of each stage that was done, in their order. */
  private readonly done = new Map<Stage, (asked: Asked) => Promise<unknown>>();
  private readonly state: VideoState;
  private readonly early: EarlyUpload;

  constructor(state: VideoState, early: EarlyUpload) {
    this.state = state;
    this.early = early;
  }

  /** Ends what is being done once the history has no more room for it, so that the video continues in a new run. */
  async watchHistory(): Promise<void> {
    await condition(isHistoryFull);
    this.isStopped = true;
    this.early.stop();
    this.stopWork?.();
  }

  /** While nothing is being done, the history may be left to a new run. */
  readonly isTimeForNewRun = (): boolean => this.isStopped || (!this.early.isUnderWay && isHistoryLong());

  carry(): CarriedPatience {
    const { signInChecks, asked, retryAsked: isRetryAsked, choiceChanged: isChoiceChanged } = this;
    return { signInChecks, asked, isRetryAsked, isChoiceChanged };
  }

  takeOver({ signInChecks, asked: { askAgain, sendAgain }, isRetryAsked, isChoiceChanged }: CarriedPatience): void {
    this.signInChecks = signInChecks;
    this.asked = { ...(askAgain && { askAgain }), ...(sendAgain !== undefined && { sendAgain }) };
    this.retryAsked = isRetryAsked;
    this.choiceChanged = isChoiceChanged;
    this.isContinued = true;
  }

  /** Whether the run before was in this stage; true once. */
  continues(stage: Stage): boolean {
    const isContinued = this.isContinued && this.state.workingStage === stage;
    this.isContinued = false;
    return isContinued;
  }

  /** The stage was done in an earlier run; `work` repeats it. */
  isDone(stage: Stage, work: (asked: Asked) => Promise<unknown>): void {
    this.done.set(stage, work);
  }

  readonly retry = (order: RetryOrder = {}): void => {
    this.retryAsked = true;
    // Where the person was asked whether to send again, a plain retry means no. Anywhere else, an order that has not
    // been followed yet is kept.
    const { attention, waitingFor } = this.state;
    const answered = mayBeSentAgain((attention ?? waitingFor)?.code);
    const kept = answered ? undefined : this.asked.sendAgain;
    // Named after its time, so that the stage follows it only once, however often it runs with it.
    const sendAgain = order.sendAgain ? new Date().toISOString() : kept;
    this.asked = { askAgain: true, ...(sendAgain !== undefined && { sendAgain }) };
  };

  /** The choice was changed or undone; if the video is carrying it out, or parked doing so, it reacts. */
  readonly takeChange = (): void => {
    if (this.state.isParkedWithChoice) {
      if (choiceLeavesPark()) this.choiceChanged = true;
      else if (this.state.choice === undefined) return;
      this.retry();
    } else if (this.state.isCarriedOut && choiceStaysOpen()) {
      this.choiceChanged = true;
      this.retryAsked = true;
      this.interrupt?.();
    }
  };

  /** A new choice is about to be carried out: changes from now on concern this one. */
  beginChoice(): void {
    this.choiceChanged = false;
  }

  /**
   * Stops `work` if the choice that it carries out is changed or undone, and waits until it has really stopped.
   * @throws ChoiceChanged
   */
  async stoppable<T>(work: () => Promise<T>): Promise<T> {
    const result = await this.interruptible(work);
    if (this.choiceChanged) throw new ChoiceChanged();
    return result;
  }

  /**
   * Leaves `work` to itself if the choice is changed or undone meanwhile.
   * @throws ChoiceChanged at once
   */
  async unlessChanged<T>(work: Promise<T>): Promise<T> {
    if (this.choiceChanged) throw new ChoiceChanged();
    const changed = Promise.withResolvers<never>();
    this.interrupt = () => changed.reject(new ChoiceChanged());
    try {
      return await Promise.race([work, changed.promise]);
    } finally {
      this.interrupt = undefined;
    }
  }

  /**
   * Runs what publishes the drawn thumbnail. Until its worker says that it has begun, it can be stopped.
   * @throws ChoiceChanged
   */
  async publish<T>(work: () => Promise<T>): Promise<T> {
    try {
      this.isPublishing = true;
      const result = await this.interruptible(work);
      // A worker of an earlier version publishes without asking.
      if (this.choiceChanged) this.state.warn('Another frame was chosen too late: the earlier one has been published.');
      return result;
    } finally {
      this.isPublishing = false;
      this.state.endPublishing();
    }
  }

  /** Why a worker may not begin to publish. */
  refusePublishing(): string | undefined {
    if (!this.isPublishing) return 'Nothing is about to be published.';
    return this.choiceChanged ? 'Another frame has been chosen, so this thumbnail is not published.' : undefined;
  }

  private async interruptible<T>(work: () => Promise<T>): Promise<T> {
    if (this.choiceChanged) throw new ChoiceChanged();
    const scope = new CancellationScope();
    this.interrupt = () => scope.cancel();
    try {
      return await scope.run(work);
    } catch (error) {
      throw this.choiceChanged ? new ChoiceChanged() : error;
    } finally {
      this.interrupt = undefined;
    }
  }

  /**
   * Repeats `work` until it succeeds: after its own bounded retries it waits for a known time or a person's `retry`.
   * @throws ChoiceChanged if, while it was parked or asleep, the choice it was carrying out was changed or undone;
   *   TimeForNewRun
   */
  async run<T>(stage: Stage, work: (asked: Asked) => Promise<T>): Promise<T> {
    let lacksRecord = false;
    if (this.continues(stage)) {
      lacksRecord = await this.continueWaiting(stage);
    } else {
      // A choice that is changed leads through the stages again, with an order that has not been followed yet.
      this.keepOrder();
      this.state.enter(stage);
    }
    for (;;) {
      try {
        if (lacksRecord) await this.unlessStopped(() => this.repeatDone());
        lacksRecord = false;
        const result = await this.unlessStopped(() => work(this.asked));
        this.done.set(stage, work);
        return result;
      } catch (error) {
        if (isCancellation(error)) throw error;
        if (error instanceof OddResult) {
          await this.park(stage, { stage, code: 'RESULT_INVALID', reason: error.message, action: workAgain });
          continue;
        }
        if (error instanceof Obstacle) {
          await this.wait(stage, { stage, ...error.explained });
          continue;
        }
        if (!(error instanceof ActivityFailure)) throw error;
        if (wasHandedOver(error)) continue;
        if (isWaitingForHost(error)) {
          this.state.waitForHost();
          continue;
        }
        const failure = explain(stage, error);
        await this.wait(stage, failure);
        lacksRecord ||= missingRecord.includes(failure.code);
      }
    }
  }

  /** @throws TimeForNewRun once the work has stopped because the history is full */
  private async unlessStopped<T>(work: () => Promise<T>): Promise<T> {
    if (this.isStopped) throw new TimeForNewRun();
    const scope = new CancellationScope();
    this.stopWork = () => scope.cancel();
    try {
      return await scope.run(work);
    } catch (error) {
      throw this.isStopped && isCancellation(error) ? new TimeForNewRun() : error;
    } finally {
      this.stopWork = undefined;
    }
  }

  /** Parks or sleeps on as in the run before; returns whether the work then lacks a record. */
  private async continueWaiting(stage: Stage): Promise<boolean> {
    const { stage: shown, attention, waitingFor } = this.state;
    if (shown === 'NEEDS_ATTENTION' && attention) await this.untilUnparked(stage, attention);
    else if (waitingFor) await this.untilAwake(Date.parse(waitingFor.until));
    const code = (attention ?? waitingFor)?.code;
    return code !== undefined && missingRecord.includes(code);
  }

  /** The stages so far: one whose record is complete does no work again, and the others write theirs anew. */
  private async repeatDone(): Promise<void> {
    if (!retryRepeatsEarlierStages()) return;
    this.state.tell('A record was missing or damaged: the stages that write it are repeated.');
    for (const work of this.done.values()) await work({});
    this.state.tell(undefined);
  }

  private async wait(stage: Stage, { notBefore, ...attention }: ExplainedFailure): Promise<void> {
    if (notBefore === undefined) await this.park(stage, attention);
    else await this.sleep(attention, notBefore);
  }

  private async sleep({ code, reason, action }: Attention, notBefore: number): Promise<void> {
    this.forgetRetry();
    this.state.sleep({ code, reason, action, until: new Date(notBefore).toISOString() });
    await this.untilAwake(notBefore);
  }

  private async untilAwake(notBefore: number): Promise<void> {
    const woken = () => this.retryAsked || this.isTimeForNewRun();
    const isEarly = await condition(woken, Math.max(1, notBefore - Date.now()));
    if (isEarly && !this.retryAsked) throw new TimeForNewRun();
    this.state.sleep(undefined);
    if (this.choiceChanged) throw new ChoiceChanged();
  }

  private async park(stage: Stage, attention: Attention): Promise<void> {
    this.forgetRetry();
    this.state.attention = attention;
    this.state.enter('NEEDS_ATTENTION');
    await this.untilUnparked(stage, attention);
  }

  private async untilUnparked(stage: Stage, attention: Attention): Promise<void> {
    await this.untilRetried(attention);
    if (this.choiceChanged || this.isWithoutChoice(stage)) throw new ChoiceChanged();
    this.state.enter(stage);
  }

  private async untilRetried({ code }: Attention): Promise<void> {
    const awaited = () => this.retryAsked || this.isTimeForNewRun();
    const checksSignIn = code === 'AUTH_REQUIRED';
    const isAwaited = checksSignIn
      ? await condition(awaited, pauseBeforeSignInCheck(this.signInChecks))
      : await condition(awaited).then(() => true);
    if (isAwaited && !this.retryAsked) throw new TimeForNewRun();
    if (checksSignIn) this.signInChecks = isAwaited ? 0 : this.signInChecks + 1;
  }

  /**
   * The choice was undone under a version of the workflow that did not react: only the policy may choose for a person.
   */
  private isWithoutChoice(stage: Stage): boolean {
    return (stage === 'SELECTING' || stage === 'ENHANCING') && !this.state.isChosen && choiceLeavesPark();
  }

  private forgetRetry(): void {
    this.retryAsked = false;
    this.choiceChanged = false;
    this.keepOrder();
  }

  /** Of what was asked for with a retry, only sending again outlives it. */
  private keepOrder(): void {
    const { sendAgain } = this.asked;
    this.asked = sendAgain === undefined ? {} : { sendAgain };
  }
}

/** Of these the stage that failed can write nothing: an earlier one does. */
const missingRecord = ['STAGE_ORDER', 'RECORD_INVALID'];

const workAgain = 'Retry: the step is done again. If it was not you who completed it, see who else uses this server.';
