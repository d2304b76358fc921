import { StageError } from '../domain/errors.ts';
import { fromApiError } from './error-catalogue.ts';
import { FileChangedError, RejectedError, SessionLostError, UploadInterruptedError } from './resumable/index.ts';

/** What a failed resumable upload means for the video. Any other error comes back unchanged. */
export function fromUploadError(error: unknown): unknown {
  if (error instanceof RejectedError) return fromApiError(error.api);
  if (error instanceof UploadInterruptedError) return interrupted(error, Date.now());
  if (error instanceof FileChangedError) {
    return new StageError('FILE_CHANGED', error.message, {
      remedy: 'fix',
      action: 'Put the original recording back, or cancel this video and start the new recording.',
      cause: error,
    });
  }
  if (error instanceof SessionLostError) return outcomeUnknown(error.message, error);
  return error;
}

/**
 * A 429 that outlasts all retries at the start of an upload is not about the request rate: the day's uploads are used
 * up. Google says `rateLimitExceeded` for both (googleapis/google-api-python-client, issue 2753).
 */
function interrupted(error: UploadInterruptedError, now: number): StageError {
  const { step, api, retryAfterMs } = error;
  if (step === 'start' && api?.status === 429) return fromApiError({ ...api, isDailyQuota: true }, now);
  return new StageError('UPLOAD_INTERRUPTED', error.message, {
    remedy: 'retry',
    action:
      'The upload resumes where it stopped, automatically. If it needs attention, check the internet connection, then retry.',
    notBefore: retryAfterMs === undefined ? undefined : now + retryAfterMs,
    cause: error,
  });
}

/** The last byte may have arrived, and nobody can tell any longer whether it became a video. */
export function outcomeUnknown(message: string, cause?: unknown): StageError {
  return new StageError('UPLOAD_OUTCOME_UNKNOWN', message, {
    remedy: 'retry',
    action: 'A retry asks the channel whether the video is there before anything is sent again.',
    cause,
  });
}
