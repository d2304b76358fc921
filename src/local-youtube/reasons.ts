/** The domain and status of an API reason, so that a fault script need only name the reason. */
interface ReasonOrigin {
  readonly status: number;
  readonly domain: string;
}

const from = (domain: string, status: number, ...reasons: readonly string[]) =>
  reasons.map((reason): [string, ReasonOrigin] => [reason, { status, domain }]);

/**
 * YouTube Data API, "Errors", and the error tables of the methods used here; Google's "Standard Error Responses"; for
 * OAuth, RFC 6749, 5.2.
 */
const origins: ReadonlyMap<string, ReasonOrigin> = new Map([
  ...from('global', 401, 'authError', 'expired', 'required'),
  ...from('global', 400, 'badRequest', 'badContent', 'invalidParameter', 'parseError'),
  ...from('global', 403, 'insufficientPermissions', 'forbidden'),
  ...from('global', 404, 'notFound'),
  ...from('global', 409, 'conflict'),
  ...from('global', 413, 'uploadTooLarge'),
  ...from('global', 500, 'internalError'),
  ...from('global', 503, 'backendError', 'SERVICE_UNAVAILABLE'),
  ...from('usageLimits', 403, 'accessNotConfigured', 'dailyLimitExceeded', 'dailyLimitExceededUnreg'),
  ...from('usageLimits', 403, 'rateLimitExceeded', 'userRateLimitExceeded', 'servingLimitExceeded'),
  ...from('oauth', 400, 'invalid_grant', 'invalid_scope', 'unauthorized_client', 'admin_policy_enforced'),
  ...from('oauth', 401, 'invalid_client', 'deleted_client'),
  ...from('youtube.quota', 403, 'quotaExceeded'),
  ...from('youtube.header', 401, 'youtubeSignupRequired'),
  ...from('youtube.common', 403, 'authenticatedUserAccountClosed', 'authenticatedUserAccountSuspended'),
  ...from(
    'youtube.common',
    403,
    'authenticatedUserNotChannel',
    'channelClosed',
    'channelSuspended',
    'channelForbidden',
  ),
  ...from('youtube.common', 401, 'authorizationRequired'),
  ...from('youtube.common', 403, 'accountDelegationForbidden'),
  ...from('youtube.common', 404, 'channelNotFound'),
  ...from('youtube.video', 400, 'uploadLimitExceeded', 'mediaBodyRequired', 'defaultLanguageNotSet'),
  ...from('youtube.video', 400, 'invalidTitle', 'invalidDescription', 'invalidTags', 'invalidCategoryId'),
  ...from('youtube.video', 400, 'invalidFilename', 'invalidPublishAt', 'invalidRecordingDetails'),
  ...from('youtube.video', 400, 'invalidVideoGameRating', 'invalidVideoMetadata', 'invalidDefaultLanguage'),
  ...from('youtube.video', 500, 'processingFailure'),
  ...from('youtube.video', 403, 'forbiddenPrivacySetting', 'forbiddenLicenseSetting', 'forbiddenEmbedSetting'),
  ...from('youtube.video', 404, 'videoNotFound'),
  ...from('youtube.thumbnail', 400, 'invalidImage'),
  ...from('youtube.thumbnail', 429, 'uploadRateLimitExceeded'),
  ...from('youtube.playlist', 400, 'playlistTitleRequired', 'invalidPlaylistSnippet', 'maxPlaylistExceeded'),
  ...from('youtube.playlist', 403, 'playlistForbidden'),
  ...from('youtube.playlistItem', 400, 'invalidSnippet', 'invalidResourceType', 'invalidPlaylistItemPosition'),
  ...from('youtube.playlistItem', 400, 'manualSortRequired', 'channelIdRequired', 'playlistIdRequired'),
  ...from('youtube.playlistItem', 400, 'resourceIdRequired', 'videoAlreadyInAnotherSeriesPlaylist'),
  ...from('youtube.playlistItem', 403, 'playlistContainsMaximumNumberOfVideos', 'playlistItemsNotAccessible'),
  ...from('youtube.playlistItem', 404, 'playlistNotFound', 'playlistItemNotFound'),
  ...from('youtube.playlistItem', 409, 'videoAlreadyInPlaylist'),
]);

/** Every reason that can be requested by name alone. */
export const scriptableReasons: readonly string[] = [...origins.keys()];

/** @returns undefined for a reason not in the tables */
export function originOf(reason: string): ReasonOrigin | undefined {
  return origins.get(reason);
}
