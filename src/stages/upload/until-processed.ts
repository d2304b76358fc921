import { setTimeout as sleep } from 'node:timers/promises';
import { StageError } from '../../domain/errors.ts';
import type { PublicationRecord } from '../records.ts';
import type { UploadJob } from './job.ts';

const halfSecond = 500;
/** Shorter pauses are not worth giving the upload's place to another video. */
const waitedForHere = 2000;
const longestPause = 30 * 60_000;
/** A video that the channel did not show for a day was deleted. */
const patienceForShowing = 24 * 60 * 60_000;
/** YouTube may keep the size to itself; the match is not held back for ever. */
const patienceForSize = 60 * 60_000;

/**
 * Waits until YouTube has processed the video: here for some seconds, then by STILL_PROCESSING, with pauses as long as
 * the video has been on the channel.
 * @throws StageError STILL_PROCESSING; PROCESSING_FAILED; PUBLISH_NOT_CONFIRMED when its bytes are not the recording's
 */
export async function untilProcessed(
  { youtube, videoId, context }: UploadJob,
  { youtubeId, watchUrl, bytes, publishedAt }: PublicationRecord,
): Promise<{ sizeIsKnown: boolean }> {
  const { signal, report } = context;
  for (;;) {
    report({ fraction: 1, note: 'YouTube is processing the video' });
    const state = await youtube.getVideo(youtubeId, { signal });
    const age = Date.now() - Date.parse(publishedAt);
    if (state && ['failed', 'rejected', 'deleted'].includes(state.uploadStatus)) {
      throw processingFailed(watchUrl, videoId, state.uploadStatus, state.reason);
    }
    if (state?.fileSize !== undefined && state.fileSize !== bytes) {
      throw otherSize(watchUrl, state.fileSize, bytes);
    }
    if (!state && age > patienceForShowing) throw gone(watchUrl, videoId);
    const sizeIsKnown = state?.fileSize !== undefined;
    if (state?.uploadStatus === 'processed' && (sizeIsKnown || age > patienceForSize)) return { sizeIsKnown };
    const pause = Math.min(longestPause, Math.max(halfSecond, age));
    if (pause > waitedForHere) throw stillProcessing(watchUrl, Date.now() + pause, state !== undefined);
    await sleep(pause, undefined, { signal });
  }
}

function stillProcessing(watchUrl: string, notBefore: number, isShown: boolean): StageError {
  const message = isShown ? `YouTube is still processing ${watchUrl}.` : `The channel does not show ${watchUrl} yet.`;
  return new StageError('STILL_PROCESSING', message, {
    remedy: 'retry',
    notBefore,
    action: 'Nothing to do: it becomes visible once that is done.',
  });
}

function processingFailed(watchUrl: string, videoId: string, status: string, reason: string | undefined): StageError {
  const said = `${status}${reason ? ` (${reason})` : ''}`;
  const sendAgain = `To send it again, delete it there, then: npx badminton retry ${videoId} --send-again`;
  return new StageError('PROCESSING_FAILED', `YouTube says about ${watchUrl}: ${said}.`, {
    remedy: 'fix',
    action:
      reason === 'duplicate'
        ? 'The channel already has this video: in YouTube Studio, delete the copy you do not want, then cancel this one.'
        : `See in YouTube Studio what is wrong with it; it stays private, and the recording stays where it is. ${sendAgain}`,
  });
}

function gone(watchUrl: string, videoId: string): StageError {
  return new StageError('PUBLISH_NOT_CONFIRMED', `The channel no longer shows ${watchUrl}.`, {
    remedy: 'fix',
    action: `See in YouTube Studio whether it was deleted or belongs to another account. Only if it is not there: npx badminton retry ${videoId} --send-again`,
  });
}

function otherSize(watchUrl: string, received: number, bytes: number): StageError {
  return new StageError('PUBLISH_NOT_CONFIRMED', `YouTube received ${received} bytes of ${bytes} for ${watchUrl}.`, {
    remedy: 'fix',
    action: 'Look at the video in YouTube Studio. It stays private, and the recording stays where it is.',
  });
}
