import { ActivityFailure, isCancellation } from '@temporalio/workflow';
import type { UploadOrder } from '../../domain/upload-order.ts';
import type { PublishedVideo } from '../activity-types.ts';
import { isWaitingForHost, wasHandedOver } from './explain-failure.ts';
import { earlyUploadKeepsWaiting } from './patches.ts';
import type { VideoState } from './video-state.ts';

/**
 * Gets the recording onto the channel, private, while the person has not chosen yet, so that the slow part overlaps the
 * waiting. Only an advance: when it fails, the stage UPLOADING does it, with all its patience. A lane that is busy is no
 * failure: until the choice is made, it waits for its turn.
 */
export class EarlyUpload {
  private running: Promise<void> = Promise.resolve();
  private readonly state: VideoState;

  constructor(state: VideoState) {
    this.state = state;
  }

  begin(upload: (order: UploadOrder) => Promise<PublishedVideo>): void {
    this.running = this.untilSent(upload);
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

  /** Never fails; of a cancelled video it has really stopped. */
  ended(): Promise<void> {
    return this.running;
  }
}

/** Nothing failed: it has not begun, or its worker was stopped and the next one resumes it. */
const isWaiting = (error: unknown) =>
  error instanceof ActivityFailure && (isWaitingForHost(error) || wasHandedOver(error));
