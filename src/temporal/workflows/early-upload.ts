import { ActivityFailure, CancellationScope, isCancellation } from '@temporalio/workflow';
import type { UploadOrder } from '../../domain/upload-order.ts';
import type { PublishedVideo } from '../activity-types.ts';
import { isWaitingForHost, wasHandedOver } from './explain-failure.ts';
import { choiceEndsEarlyUpload, earlyUploadKeepsWaiting } from './patches.ts';
import type { VideoState } from './video-state.ts';

/**
 * Uploads the recording, as private, before the person has chosen, so that the slow part overlaps the wait. It is only
 * a head start: if it fails, the stage UPLOADING does the upload with all its retries. A busy upload queue is not a
 * failure: until the choice is made, the early upload waits for its turn.
 */
export class EarlyUpload {
  private running: Promise<void> = Promise.resolve();
  private scope: CancellationScope | undefined;
  private readonly state: VideoState;

  constructor(state: VideoState) {
    this.state = state;
  }

  begin(upload: (order: UploadOrder) => Promise<PublishedVideo>): void {
    const scope = new CancellationScope();
    this.scope = scope;
    this.running = scope
      .run(() => this.untilSent(upload))
      .finally(() => {
        this.scope = undefined;
      });
  }

  /**
   * The video is published next, and does not wait for the early upload's turn behind those of others: `UPLOADING`
   * resumes what has been sent.
   */
  stop(): void {
    if (this.scope && choiceEndsEarlyUpload()) this.scope.cancel();
  }

  /** Leaves an upload of the recording, which `UPLOADING` began, to run while another frame is chosen and drawn. */
  adopt(sending: Promise<PublishedVideo>): void {
    // If it fails, `UPLOADING` does it again with all its retries.
    this.running = sending.then(
      (sent) => this.state.isSent(sent),
      () => undefined,
    );
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
        this.state.warn('The recording could not be uploaded early; it will be uploaded after the choice.');
        return;
      }
    }
  }

  /** Resolves once the early upload has ended, for a cancelled video once it has really stopped. Never rejects. */
  ended(): Promise<void> {
    return this.running;
  }
}

/** Nothing failed: the upload has not begun, or its worker was stopped and the next one resumes it. */
const isWaiting = (error: unknown) =>
  error instanceof ActivityFailure && (isWaitingForHost(error) || wasHandedOver(error));
