import type { ErrorCode } from '../domain/errors.ts';

/**
 * What may be done about a refusal.
 *
 * - `retry`: the same call may succeed soon
 * - `wait for the quota`: not before the quota resets, at midnight Pacific time
 * - `wait a day`: not before 24 hours have passed
 * - `park`: a person has to fix something
 * - `give up`: nothing will make this succeed; report it to a person and send nothing again
 */
export type Kind = 'retry' | 'wait for the quota' | 'wait a day' | 'park' | 'give up';

export interface Meaning {
  readonly kind: Kind;
  readonly code: ErrorCode;
  readonly message: string;
  /** One sentence for a person. */
  readonly action: string;
}

const meaning =
  (kind: Kind) =>
  (code: ErrorCode, message: string, action: string): Meaning => ({ kind, code, message, action });
const park = meaning('park');
const giveUp = meaning('give up');

const signIn = 'Sign in with: npx badminton auth';
const correct = (what: string) =>
  park('METADATA_INVALID', `YouTube refuses the ${what}`, `Correct the ${what} with: npx badminton correct`);
const setting = (what: string, name: string) =>
  park('METADATA_INVALID', `YouTube refuses the ${what}`, `Correct ${name}, start the program again, then retry.`);
const passing = (message: string) =>
  meaning('retry')(
    'UPLOAD_INTERRUPTED',
    message,
    'It is tried again automatically. If it needs attention, retry later.',
  );
const account = (message: string) =>
  park('AUTH_REQUIRED', message, 'Fix the account with Google, or sign in with another one: npx badminton auth');
const quota = meaning('wait for the quota')(
  'QUOTA_EXHAUSTED',
  "Today's API quota is used up",
  'Nothing to do: it resumes automatically when the quota is renewed, at midnight Pacific time.',
);

/**
 * API reason → what it means here; the only such table. Sources: YouTube Data API, "Errors", with the error tables of
 * videos.insert, videos.update, thumbnails.set, playlists.insert, playlistItems.insert and playlistItems.delete; Google's
 * common errors ("Standard Error Responses"). A key is a reason, or `domain:reason` where the domain changes the meaning.
 */
export const meanings = {
  authError: park('AUTH_REQUIRED', 'YouTube does not accept the sign-in', signIn),
  required: park('AUTH_REQUIRED', 'YouTube asks for a sign-in', signIn),
  authorizationRequired: park('AUTH_REQUIRED', 'YouTube asks for a sign-in', signIn),
  expired: park('AUTH_REQUIRED', 'The sign-in has expired', signIn),
  insufficientPermissions: park('AUTH_REQUIRED', 'The sign-in does not allow this', signIn),
  accountDelegationForbidden: park('AUTH_REQUIRED', 'The signed-in account may not manage this channel', signIn),
  youtubeSignupRequired: park(
    'AUTH_REQUIRED',
    'The Google account has no YouTube channel',
    'Create a channel on youtube.com with this account, then retry.',
  ),
  authenticatedUserAccountClosed: account('The YouTube account is closed'),
  authenticatedUserAccountSuspended: account('The YouTube account is suspended'),
  authenticatedUserNotChannel: account('The signed-in account has no channel'),
  channelForbidden: account('The signed-in account may not use the channel'),
  channelNotFound: account('The channel was not found'),
  channelClosed: account('The channel is closed'),
  channelSuspended: account('The channel is suspended'),
  accessNotConfigured: park(
    'AUTH_REQUIRED',
    'The YouTube Data API is not enabled for this Google Cloud project',
    'Enable "YouTube Data API v3" in the Google Cloud console, then retry.',
  ),

  quotaExceeded: quota,
  dailyLimitExceeded: quota,
  uploadLimitExceeded: meaning('wait a day')(
    'UPLOAD_LIMIT_REACHED',
    'The channel has reached its limit of uploads for now',
    'It resumes automatically in 24 hours. A channel verified by phone (youtube.com/verify) may upload more.',
  ),
  rateLimitExceeded: passing('Too many requests at once'),
  userRateLimitExceeded: passing('Too many requests at once'),
  servingLimitExceeded: passing('Too many requests at once'),
  uploadRateLimitExceeded: passing('Too many thumbnails in a short time'),
  backendError: passing('YouTube has a temporary fault'),
  internalError: passing('YouTube has a temporary fault'),
  processingFailure: passing('YouTube could not carry out the request'),
  conflict: passing('Something else made a change at the same time'),
  SERVICE_UNAVAILABLE: passing('YouTube is not available for the moment'),

  forbidden: park(
    'UPLOAD_REJECTED',
    'YouTube forbids this to the signed-in account',
    'Check in YouTube Studio that the channel may upload, and that the right account is signed in.',
  ),
  mediaBodyRequired: park(
    'UPLOAD_REJECTED',
    'YouTube found no video in the upload',
    'Check that the recording plays, then retry.',
  ),
  invalidFilename: park(
    'UPLOAD_REJECTED',
    'YouTube refuses the name of the file',
    'Cancel it, rename the recording, then start it again.',
  ),
  badRequest: park('UPLOAD_REJECTED', 'YouTube refuses the request', 'Read what YouTube says, correct it, then retry.'),

  invalidTitle: correct('title'),
  invalidDescription: correct('description'),
  invalidVideoMetadata: correct('title and description'),
  forbiddenPrivacySetting: correct('visibility'),
  invalidPublishAt: correct('time of publishing'),
  invalidTags: setting('tags', 'BADMINTON_TAGS'),
  defaultLanguageNotSet: setting('language', 'BADMINTON_LANGUAGE'),
  invalidDefaultLanguage: setting('language', 'BADMINTON_LANGUAGE'),
  invalidRecordingDetails: giveUp(
    'METADATA_INVALID',
    'YouTube refuses the recording date',
    'The recording date makes no sense. Correct it with: npx badminton correct ID --date',
  ),
  invalidCategoryId: giveUp(
    'METADATA_INVALID',
    'YouTube does not know the category 17 (Sports)',
    'This needs a newer version of the program: cancel the video, or publish it by hand.',
  ),
  forbiddenLicenseSetting: giveUp(
    'METADATA_INVALID',
    'YouTube refuses the licence',
    'This needs a newer version of the program: cancel the video, or publish it by hand.',
  ),
  forbiddenEmbedSetting: giveUp(
    'METADATA_INVALID',
    'YouTube refuses that the video may be embedded',
    'This needs a newer version of the program: cancel the video, or publish it by hand.',
  ),

  'youtube.thumbnail:forbidden': park(
    'THUMBNAIL_REJECTED',
    'The channel may not set its own thumbnails',
    'Verify the channel by phone at youtube.com/verify.',
  ),
  'youtube.thumbnail:mediaBodyRequired': park(
    'THUMBNAIL_REJECTED',
    'YouTube found no picture',
    'Set the thumbnail in YouTube Studio.',
  ),
  invalidImage: park('THUMBNAIL_REJECTED', 'YouTube cannot read the thumbnail', 'Set another one in YouTube Studio.'),
  uploadTooLarge: park(
    'THUMBNAIL_REJECTED',
    'The thumbnail is larger than 2 MB',
    'Choose a template that makes a smaller picture.',
  ),

  'youtube.playlist:forbidden': park(
    'PLAYLIST_REJECTED',
    'The signed-in account may not create playlists',
    'Create the playlist in YouTube Studio.',
  ),
  'youtube.playlistItem:forbidden': park(
    'PLAYLIST_REJECTED',
    'The signed-in account may not add to the playlist',
    'Add the video in YouTube Studio.',
  ),
  playlistForbidden: park(
    'PLAYLIST_REJECTED',
    'The signed-in account may not use the playlist',
    'Add the video in YouTube Studio.',
  ),
  playlistItemsNotAccessible: park(
    'PLAYLIST_REJECTED',
    'The signed-in account may not use the playlist',
    'Add the video in YouTube Studio.',
  ),
  playlistNotFound: passing('The playlist no longer exists'),
  playlistItemNotFound: passing('The video is not in the playlist any more'),
  // The next attempt checks, and finds it there.
  videoAlreadyInPlaylist: passing('The video is in the playlist already'),
  maxPlaylistExceeded: giveUp(
    'PLAYLIST_REJECTED',
    'The channel has as many playlists as YouTube allows',
    'Delete old playlists, or set BADMINTON_PLAYLIST=off.',
  ),
  playlistContainsMaximumNumberOfVideos: giveUp(
    'PLAYLIST_REJECTED',
    'The playlist is full',
    'Add the video to another playlist in YouTube Studio.',
  ),
  playlistTitleRequired: giveUp(
    'PLAYLIST_REJECTED',
    'YouTube refuses the name of the playlist',
    'Add the video to a playlist in YouTube Studio.',
  ),
  invalidPlaylistSnippet: giveUp(
    'PLAYLIST_REJECTED',
    'YouTube refuses the name of the playlist',
    'Add the video to a playlist in YouTube Studio.',
  ),
  manualSortRequired: giveUp(
    'PLAYLIST_REJECTED',
    'The playlist is not sorted by hand',
    'Add the video in YouTube Studio.',
  ),

  videoNotFound: giveUp(
    'PUBLISH_NOT_CONFIRMED',
    'The video is no longer on the channel',
    'See in YouTube Studio whether it was deleted or belongs to another account. It is not sent again automatically.',
  ),
} as const satisfies Readonly<Record<string, Meaning>>;
