import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import { retryStage } from '../temporal/client/control.ts';
import { UnknownOutcomeError } from '../temporal/client/errors.ts';
import { listVideos } from '../temporal/client/videos.ts';
import { watchSignIn } from '../youtube/auth.ts';

/**
 * Lets the videos that are parked for a dead sign-in go on as soon as somebody signed in again. Returns what ends that.
 * @param file the token file
 */
export function resumeAfterSignIn(client: Client, file: string, log: Logger): () => void {
  const resume = async () => {
    const parked = await listVideos(client, { stage: 'NEEDS_ATTENTION', running: true });
    for (const { videoId, attention } of parked) {
      if (attention?.code !== 'AUTH_REQUIRED') continue;
      // One that was removed meanwhile must not keep the others waiting.
      await retryStage(client, videoId).catch((error: Error) =>
        log.warn({ videoId, reason: error.message }, `a video was ${perhaps(error)}not resumed after a sign-in`),
      );
    }
  };
  return watchSignIn(file, () => {
    resume().catch((error: Error) =>
      log.warn({ reason: error.message }, 'could not resume the videos that waited for a sign-in'),
    );
  });
}

const perhaps = (error: Error) => (error instanceof UnknownOutcomeError ? 'perhaps ' : '');
