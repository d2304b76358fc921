import { isCancellation } from '@temporalio/workflow';
import type { UploadOrder } from '../../domain/upload-order.ts';
import type { PublishedVideo } from '../activity-types.ts';
import type { VideoState } from './video-state.ts';

/**
 * Gets the recording onto the channel, private, while the person has not chosen yet, so that the slow part overlaps the
 * waiting. Only an advance: when it fails, the stage UPLOADING does it, with all its patience.
 */
export class EarlyUpload {
  private running: Promise<void> = Promise.resolve();
  private readonly state: VideoState;

  constructor(state: VideoState) {
    this.state = state;
  }

  begin(upload: (order: UploadOrder) => Promise<PublishedVideo>): void {
    this.running = upload({ sendOnly: true, early: true }).then(
      (sent) => this.state.isSent(sent),
      (error: unknown) => {
        if (!isCancellation(error))
          this.state.warn('The recording could not be uploaded early; it will be uploaded after the choice.');
      },
    );
  }

  /** Never fails; of a cancelled video it has really stopped. */
  ended(): Promise<void> {
    return this.running;
  }
}
