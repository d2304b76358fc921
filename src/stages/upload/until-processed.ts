import { setTimeout as sleep } from 'node:timers/promises';
import { StageError } from '../../domain/errors.ts';
import type { ChannelVideo, ProcessingProgress } from '../../youtube/youtube.ts';
import type { PublicationRecord } from '../records.ts';
import type { UploadJob } from './job.ts';

const halfSecond = 500;
/** For shorter pauses, it is not worth giving the upload's place to another video. */
const waitedForHere = 2000;
const longestPause = 30 * 60_000;
/** After this, a person is told: YouTube may never finish. */
const patienceForProcessing = 24 * 60 * 60_000;
/** A video that the channel does not show a day after publication counts as deleted. */
const patienceForShowing = 24 * 60 * 60_000;
/** YouTube may never report the size; that must not hold the match back for ever. */
const patienceForSize = 60 * 60_000;

/**
 * Waits until YouTube has processed the video: in place for a few seconds, then by throwing STILL_PROCESSING. Each
 * pause is as long as the video has been on the channel, up to half an hour. Waits for one day at most, from
 * publication or from when a person last asked for a retry.
 * @throws StageError STILL_PROCESSING; PROCESSING_FAILED, also if it takes longer; PUBLISH_NOT_CONFIRMED if the channel
 *   does not show it after a day, or its size is not the recording's
 */
export async function untilProcessed(
  { youtube, videoId, context }: UploadJob,
  { youtubeId, watchUrl, bytes, publishedAt, askedAgainAt }: PublicationRecord,
): Promise<{ sizeIsKnown: boolean }> {
  const { signal, report } = context;
  for (;;) {
    const state = await youtube.getVideo(youtubeId, { signal });
    report({ fraction: 1, note: `YouTube is processing the video${inBrackets(state?.processing)}` });
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
    const waited = Date.now() - Date.parse(askedAgainAt ?? publishedAt);
    if (state?.uploadStatus === 'uploaded' && waited > patienceForProcessing) {
      throw neverProcessed(watchUrl, videoId, state.processing);
    }
    const pause = Math.min(longestPause, Math.max(halfSecond, age));
    if (pause > waitedForHere) throw stillProcessing(watchUrl, Date.now() + pause, state);
    await sleep(pause, undefined, { signal });
  }
}

function stillProcessing(watchUrl: string, notBefore: number, state: ChannelVideo | undefined): StageError {
  return new StageError('STILL_PROCESSING', whatItDoes(watchUrl, state), {
    remedy: 'retry',
    notBefore,
    action: 'Nothing to do: it is published once that is done. If that takes more than a day, it needs attention.',
  });
}

function whatItDoes(watchUrl: string, state: ChannelVideo | undefined): string {
  if (!state) return `The channel does not show ${watchUrl} yet.`;
  // YouTube reports the file size a moment after it has processed the file.
  if (state.uploadStatus === 'processed') return `YouTube does not say yet how many bytes of ${watchUrl} it received.`;
  return `YouTube is still processing ${watchUrl}${inBrackets(state.processing)}.`;
}

/** Whatever YouTube says about it, or nothing. */
function inBrackets({ partsProcessed, partsTotal, timeLeftMs }: Partial<ProcessingProgress> = {}): string {
  const parts = partsTotal ? `${partsProcessed ?? 0} of ${partsTotal} parts` : undefined;
  const left = timeLeftMs ? `${Math.ceil(timeLeftMs / 60_000)} min left, it says` : undefined;
  const said = [parts, left].filter(Boolean).join(', ');
  return said && ` (${said})`;
}

function neverProcessed(watchUrl: string, videoId: string, progress: ProcessingProgress | undefined): StageError {
  const message = `YouTube has been processing ${watchUrl} for more than a day${inBrackets(progress)}, and has not finished.`;
  return new StageError('PROCESSING_FAILED', message, {
    remedy: 'fix',
    action: `Look in YouTube Studio what has become of it; it stays private, and the recording stays where it is. A retry waits for another day. To send it again, delete it there, then: npx badminton retry ${videoId} --send-again`,
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
