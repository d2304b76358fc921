import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import { retryRevisionsWaitingFor } from '../temporal/client/revise.ts';
import type { VideoSummary } from '../temporal/client/videos.ts';
import type { Host } from '../temporal/worker-parts.ts';
import { type Causes, signInCause } from '../workspace/causes.ts';
import { hasUsableSignIn, watchSignIn } from '../youtube/auth.ts';
import { resumeParked } from './resume-parked.ts';

export interface ResumeOptions {
  readonly client: Client;
  readonly causes: Causes;
  /** The publish target that this sign-in is for. */
  readonly target: string;
  /** The token file. */
  readonly file: string;
  /** Whose sign-in it is. */
  readonly host: Pick<Host, 'id'>;
  readonly log: Logger;
  /** Whether a video is, or will be, published to that target; by default, each is. */
  readonly needsIt?: (video: VideoSummary) => boolean;
}

/**
 * Resumes the videos parked for a dead sign-in, and the revisions that wait for one, as soon as somebody has signed in
 * again; videos at once, too, where the sign-in is one that was not refused: it may be new. The returned function stops
 * this.
 */
export function resumeAfterSignIn({ client, causes, target, file, host, log, needsIt }: ResumeOptions): () => void {
  const stopped = new AbortController();
  const parked = { client, code: 'AUTH_REQUIRED', log, signal: stopped.signal } as const;
  if (hasUsableSignIn(file)) void resumeParked({ ...parked, hostId: host.id, ...(needsIt && { isMeant: needsIt }) });
  const stop = watchSignIn(file, () => {
    causes.ended(signInCause(target));
    void resumeParked(parked);
    void resumeRevisions(client, log);
  });
  return () => {
    stopped.abort();
    stop();
  };
}

/** Never throws: they check the sign-in themselves, too, only later. */
async function resumeRevisions(client: Client, log: Logger): Promise<void> {
  await retryRevisionsWaitingFor(client, 'AUTH_REQUIRED').catch((error: Error) =>
    log.warn({ reason: error.message }, 'could not resume the revisions that wait for a sign-in'),
  );
}
