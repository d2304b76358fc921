import { StageError } from '../../domain/errors.ts';

const minute = 60_000;
const longestPause = 6 * 60 * minute;
/** A video that is not listed a day after its last byte does not exist, or a person has to look. */
const patience = 24 * 60 * minute;

/**
 * What to do about an upload that may have become a video although the channel does not list it. A listing proves
 * presence, not absence: the channel is asked again, with pauses as long as the time that has passed; in the end a
 * person has to look.
 * @param since when the outcome became unknown; milliseconds since 1970, like `now`
 */
export function askLater(videoId: string, since: number, now: number): StageError {
  const age = now - since;
  const message = 'It is not known whether the recording is on the channel: the answer to its last byte was lost.';
  if (age >= patience) {
    return new StageError('UPLOAD_OUTCOME_UNKNOWN', `${message} The channel has not shown it for a day.`, {
      remedy: 'fix',
      action: `Look in YouTube Studio. Only if the video is not there: npx badminton retry ${videoId} --send-again`,
    });
  }
  return new StageError('UPLOAD_OUTCOME_UNKNOWN', `${message} Nothing is sent again until this is known.`, {
    remedy: 'retry',
    notBefore: now + Math.min(longestPause, Math.max(minute, age)),
    action: `The channel will be asked again automatically. If you see in YouTube Studio that the video is not there: npx badminton retry ${videoId} --send-again`,
  });
}

/** There is no record of the past: the recording may have been sent to the channel a moment ago, from a lost folder. */
export function folderTooNew(notBefore: number): StageError {
  return new StageError('UPLOAD_OUTCOME_UNKNOWN', 'The data folder is new, and the channel’s list may lag behind.', {
    remedy: 'retry',
    notBefore,
    action: 'The channel is asked once more whether it has the recording; then it is sent.',
  });
}
