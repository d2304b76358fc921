import {
  ActivityFailure,
  CancellationScope,
  condition,
  isCancellation,
  proxyLocalActivities,
} from '@temporalio/workflow';
import type { UploadOrder } from '../../domain/upload-order.ts';
import { askServer } from '../activity-options.ts';
import type { Activities, PublishedVideo } from '../activity-types.ts';
import { isWaitingForHost, wasHandedOver } from './explain-failure.ts';
import { earlyUploadKeepsWaiting, keepsHistorySmall } from './patches.ts';
import type { VideoState } from './video-state.ts';

/** Milliseconds until an early upload that runs is looked at again; they double each time. */
const firstPause = 10 * 60_000;

/**
 * Uploads the recording, as private, before the person has chosen, so that the slow part overlaps the wait. It is only
 * a head start: if it fails, the stage UPLOADING does the upload with all its retries. A busy upload queue is not a
 * failure: until the choice is made, the early upload waits for its turn.
 */
export class EarlyUpload {
  /** While it runs or waits for its turn. */
  isUnderWay = false;
  /** It has failed: there is no other. */
  hasFailed = false;
  private running: Promise<void> = Promise.resolve();
  /** It comes after all uploads whose frame is chosen. */
  private isBehindOthers = false;
  private scope = new CancellationScope();
  private readonly state: VideoState;

  constructor(state: VideoState) {
    this.state = state;
  }

  begin(upload: (order: UploadOrder) => Promise<PublishedVideo>): void {
    this.isBehindOthers = true;
    this.follow(this.scope.run(() => this.untilSent(upload)));
  }

  /**
   * Leaves an upload of the recording, which `UPLOADING` began, to run while another frame is chosen and drawn.
   * @param scope in which it runs
   */
  adopt(sending: Promise<PublishedVideo>, scope: CancellationScope): void {
    this.isBehindOthers = false;
    this.scope = scope;
    // If it fails, `UPLOADING` does it again with all its retries.
    this.follow(
      sending.then(
        (sent) => this.state.isSent(sent),
        () => undefined,
      ),
    );
  }

  private follow(running: Promise<void>): void {
    this.isUnderWay = true;
    this.running = running.then(() => {
      this.isUnderWay = false;
    });
  }

  /** Stops it: the next run begins it again, and it resumes where it was. */
  stop(): void {
    if (this.isUnderWay) this.scope.cancel();
  }

  private async untilSent(upload: (order: UploadOrder) => Promise<PublishedVideo>): Promise<void> {
    for (;;) {
      try {
        this.state.isSent(await upload({ sendOnly: true, early: true }));
        return;
      } catch (error) {
        if (isCancellation(error)) return;
        if (isWaiting(error) && earlyUploadKeepsWaiting()) {
          if (this.state.isChosen) return;
          continue;
        }
        this.hasFailed = true;
        this.state.warn('The recording could not be uploaded early; it will be uploaded after the choice.');
        return;
      }
    }
  }

  /**
   * Resolves once the early upload has ended. As long as it only waits for its turn, it is withdrawn: `UPLOADING` comes
   * before those whose frame is not chosen. The workflow is not told when an activity begins, so the server is asked.
   */
  async giveWay(): Promise<void> {
    if (this.isUnderWay && this.isBehindOthers && keepsHistorySmall()) {
      for (let pause = firstPause; this.isUnderWay; pause *= 2) {
        if (!(await hasBegun())) this.scope.cancel();
        await condition(() => !this.isUnderWay, pause);
      }
    }
    await this.running;
  }

  /** Resolves once the early upload has ended, for a cancelled video once it has really stopped. Never rejects. */
  ended(): Promise<void> {
    return this.running;
  }
}

/** Where the server cannot be asked, nothing is withdrawn. */
async function hasBegun(): Promise<boolean> {
  try {
    return await proxyLocalActivities<Activities>(askServer).hasUploadBegunActivity();
  } catch (error) {
    if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
    return true;
  }
}

/** Nothing failed: the upload has not begun, or its worker was stopped and the next one resumes it. */
const isWaiting = (error: unknown) =>
  error instanceof ActivityFailure && (isWaitingForHost(error) || wasHandedOver(error));
