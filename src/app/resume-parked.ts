import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import type { ErrorCode } from '../domain/errors.ts';
import { retryStage } from '../temporal/client/control.ts';
import { UnknownOutcomeError } from '../temporal/client/errors.ts';
import { listVideos } from '../temporal/client/videos.ts';

/**
 * Resumes the videos parked for this reason, now that it is gone. Never throws.
 * @param hostId only those of one host; by default, of all
 */
export async function resumeParked(client: Client, code: ErrorCode, log: Logger, hostId?: string): Promise<void> {
  try {
    const parked = await listVideos(client, { stage: 'NEEDS_ATTENTION', running: true });
    for (const { videoId, attention, hostId: its } of parked) {
      if (attention?.code !== code || (hostId !== undefined && its !== hostId)) continue;
      // One that cannot resume must not keep the others waiting.
      await retryStage(client, videoId).catch((error: Error) =>
        log.warn({ videoId, code, reason: error.message }, `a parked video was ${perhaps(error)}not resumed`),
      );
    }
  } catch (error) {
    log.warn({ code, reason: (error as Error).message }, 'could not resume the videos that are parked');
  }
}

const perhaps = (error: Error) => (error instanceof UnknownOutcomeError ? 'perhaps ' : '');
