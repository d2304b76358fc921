import { type ErrorCode, type Remedy, StageError } from '../domain/errors.ts';
import type { ApiError } from './resumable/api-error.ts';

interface Meaning {
  readonly code: ErrorCode;
  readonly remedy: Remedy;
  readonly message: string;
  readonly action: string;
}

const fix = (code: ErrorCode, message: string, action: string): Meaning => ({ code, remedy: 'fix', message, action });
const retry = (code: ErrorCode, message: string, action: string): Meaning => ({
  code,
  remedy: 'retry',
  message,
  action,
});

const signIn = 'Put a valid credentials file in place: docs/youtube.md says how.';
const correct = (what: string) => `Correct the ${what} with: npx badminton correct`;
const wait = 'Nothing to do: it is tried again.';

/**
 * API reason → what it means here. Sources: YouTube Data API, "Errors" and the error tables of videos.insert,
 * videos.update and thumbnails.set; Google's common errors ("Standard Error Responses"). An entry `domain:reason`
 * goes before one with the reason alone.
 */
const meanings: Readonly<Record<string, Meaning>> = {
  authError: fix('AUTH_REQUIRED', 'YouTube does not accept the sign-in', signIn),
  insufficientPermissions: fix('AUTH_REQUIRED', 'The sign-in does not allow this', signIn),
  youtubeSignupRequired: fix(
    'AUTH_REQUIRED',
    'The Google account has no YouTube channel',
    'Create a channel on youtube.com with this account, then retry.',
  ),
  authenticatedUserAccountClosed: fix('AUTH_REQUIRED', 'The YouTube account is closed', signIn),
  authenticatedUserAccountSuspended: fix('AUTH_REQUIRED', 'The YouTube account is suspended', signIn),
  accessNotConfigured: fix(
    'AUTH_REQUIRED',
    'The YouTube Data API is not enabled for this Google Cloud project',
    'Enable "YouTube Data API v3" in the Google Cloud console, then retry.',
  ),

  quotaExceeded: fix(
    'QUOTA_EXHAUSTED',
    'The API quota of today is used up',
    'Wait until midnight Pacific time, when the quota begins anew, then retry.',
  ),
  dailyLimitExceeded: fix(
    'QUOTA_EXHAUSTED',
    'The API quota of today is used up',
    'Wait until midnight Pacific time, when the quota begins anew, then retry.',
  ),
  uploadLimitExceeded: fix(
    'QUOTA_EXHAUSTED',
    'The channel has reached its limit of uploads for now',
    'Wait 24 hours (or verify the channel by phone for a higher limit), then retry.',
  ),
  rateLimitExceeded: retry('UPLOAD_INTERRUPTED', 'Too many requests at once', wait),
  userRateLimitExceeded: retry('UPLOAD_INTERRUPTED', 'Too many requests at once', wait),
  uploadRateLimitExceeded: retry('UPLOAD_INTERRUPTED', 'Too many thumbnails in a short time', wait),

  forbidden: fix(
    'UPLOAD_REJECTED',
    'YouTube forbids this to the signed-in account',
    'Check in YouTube Studio that the channel may upload, and that the right account is signed in.',
  ),
  forbiddenPrivacySetting: fix('METADATA_INVALID', 'YouTube refuses this visibility', correct('privacy')),
  invalidTitle: fix('METADATA_INVALID', 'YouTube refuses the title', correct('title')),
  invalidDescription: fix('METADATA_INVALID', 'YouTube refuses the description', correct('description')),
  invalidTags: fix('METADATA_INVALID', 'YouTube refuses the tags', 'Shorten the tags in the settings, then retry.'),
  invalidCategoryId: fix(
    'METADATA_INVALID',
    'YouTube does not know the category',
    'Set a valid category id (17 is Sports), then retry.',
  ),
  invalidRecordingDetails: fix('METADATA_INVALID', 'YouTube refuses the recording date', correct('recording date')),
  invalidVideoMetadata: fix('METADATA_INVALID', 'YouTube refuses the metadata', correct('title and description')),
  mediaBodyRequired: fix(
    'UPLOAD_REJECTED',
    'YouTube found no video in the upload',
    'Check that the recording plays, then retry.',
  ),

  'youtube.thumbnail:forbidden': fix(
    'THUMBNAIL_REJECTED',
    'The channel may not set its own thumbnails',
    'Verify the channel by phone at youtube.com/verify, then retry.',
  ),
  'youtube.thumbnail:mediaBodyRequired': fix('THUMBNAIL_REJECTED', 'YouTube found no picture', 'Retry.'),
  invalidImage: fix('THUMBNAIL_REJECTED', 'YouTube cannot read the thumbnail', 'Choose another frame, then retry.'),
  uploadTooLarge: fix(
    'THUMBNAIL_REJECTED',
    'The thumbnail is larger than 2 MB',
    'Use a template that makes a smaller picture.',
  ),

  videoNotFound: fix(
    'PUBLISH_NOT_CONFIRMED',
    'The video is not on the channel',
    'Look in YouTube Studio whether it was deleted or belongs to another account.',
  ),
  backendError: retry('UPLOAD_INTERRUPTED', 'YouTube has a passing fault', wait),
  internalError: retry('UPLOAD_INTERRUPTED', 'YouTube has a passing fault', wait),
};

/** For answers without a known reason: what the status alone allows to say. */
function byStatus(status: number): Meaning {
  if (status === 401) return fix('AUTH_REQUIRED', 'YouTube does not accept the sign-in', signIn);
  if (status === 408 || status === 429 || status >= 500) {
    return retry('UPLOAD_INTERRUPTED', `YouTube answers with HTTP ${status}`, wait);
  }
  return fix('UPLOAD_REJECTED', 'YouTube refuses the request', 'Read what YouTube says, correct it, then retry.');
}

/** The expected error for an answer of the API; told apart by reason and status, never by text. */
export function fromApiError(api: ApiError): StageError {
  const reason = api.reason ?? '';
  const meaning = meanings[`${api.domain}:${reason}`] ?? meanings[reason] ?? byStatus(api.status);
  const said = [reason || `HTTP ${api.status}`, api.message].filter(Boolean).join(': ');
  const { code, remedy, action } = meaning;
  return new StageError(code, `${meaning.message} (${said})`, { remedy, action });
}

/** Reasons with an entry of their own. */
export const knownReasons: readonly string[] = Object.keys(meanings);

/** No answer came at all. */
export function unreachable(what: string): StageError {
  return new StageError('UPLOAD_INTERRUPTED', `YouTube cannot be reached (${what})`, {
    remedy: 'retry',
    action: 'Check the internet connection; it is tried again.',
  });
}
