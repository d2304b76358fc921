import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import type { ErrorCode } from '../domain/errors.ts';
import { retryStage } from '../temporal/client/control.ts';
import { UnknownOutcomeError } from '../temporal/client/errors.ts';
import { listVideos, type VideoSummary } from '../temporal/client/videos.ts';

/**
 * Milliseconds between the looks: an attempt that began before the reason was gone may park its video only after it, and
 * the list of videos lags behind.
 */
const looks = [0, 5000, 60_000];

export interface ResumeParkedOptions {
  readonly client: Client;
  readonly code: ErrorCode;
  readonly log: Logger;
  /** Only those of one host; by default, of all. */
  readonly hostId?: string;
  /** Only those for which it holds. */
  readonly isMeant?: (video: VideoSummary) => boolean;
  readonly signal?: AbortSignal;
  readonly looks?: readonly number[];
}

/** Resumes the videos parked for this reason, now that it is gone: each look, once. Never throws. */
export async function resumeParked({ signal, looks: pauses = looks, ...options }: ResumeParkedOptions): Promise<void> {
  for (const pause of pauses) {
    const isOver = await sleep(pause, false, { ref: false, ...(signal && { signal }) }).catch(() => true);
    if (isOver) return;
    await resumeListed(options);
  }
}

async function resumeListed({ client, code, log, hostId, isMeant = () => true }: ResumeParkedOptions): Promise<void> {
  try {
    const parked = await listVideos(client, { stage: 'NEEDS_ATTENTION', running: true });
    for (const video of parked) {
      const { videoId, attention, hostId: its } = video;
      if (attention?.code !== code || (hostId !== undefined && its !== hostId) || !isMeant(video)) continue;
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
