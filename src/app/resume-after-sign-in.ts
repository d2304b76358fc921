import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import { retryStage } from '../temporal/client/control.ts';
import { listVideos } from '../temporal/client/videos.ts';
import { type Causes, signInCause } from '../workspace/causes.ts';
import { watchSignIn } from '../youtube/auth.ts';

export interface ResumeOptions {
  readonly client: Client;
  readonly causes: Causes;
  /** What is published to with this sign-in. */
  readonly target: string;
  /** The token file. */
  readonly file: string;
  readonly log: Logger;
}

/** Lets the videos that are parked for a dead sign-in go on as soon as somebody signed in again. Returns what ends that. */
export function resumeAfterSignIn({ client, causes, target, file, log }: ResumeOptions): () => void {
  const resume = async () => {
    causes.ended(signInCause(target));
    const parked = await listVideos(client, { stage: 'NEEDS_ATTENTION', running: true });
    for (const { videoId, attention } of parked) {
      if (attention?.code !== 'AUTH_REQUIRED') continue;
      // One that was removed meanwhile must not keep the others waiting.
      await retryStage(client, videoId).catch((error: Error) =>
        log.warn({ videoId, reason: error.message }, 'a video was not resumed after a sign-in'),
      );
    }
  };
  return watchSignIn(file, () => {
    resume().catch((error: Error) =>
      log.warn({ reason: error.message }, 'could not resume the videos that waited for a sign-in'),
    );
  });
}
