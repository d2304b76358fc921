import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';
import { quotaReset } from '../../src/domain/quota.ts';
import { fromApiError, knownReasons, meaningOf, unreachable } from '../../src/youtube/error-catalogue.ts';
import type { Kind } from '../../src/youtube/error-meanings.ts';
import { readApiError } from '../../src/youtube/resumable/api-error.ts';

/** status, [domain:]reason, code, kind: what every reason in the table is expected to mean. */
const expected: [number, string, string, Kind][] = [
  [401, 'authError', 'AUTH_REQUIRED', 'park'],
  [401, 'required', 'AUTH_REQUIRED', 'park'],
  [401, 'authorizationRequired', 'AUTH_REQUIRED', 'park'],
  [401, 'expired', 'AUTH_REQUIRED', 'park'],
  [403, 'insufficientPermissions', 'AUTH_REQUIRED', 'park'],
  [403, 'accountDelegationForbidden', 'AUTH_REQUIRED', 'park'],
  [401, 'youtubeSignupRequired', 'AUTH_REQUIRED', 'park'],
  [403, 'authenticatedUserAccountClosed', 'AUTH_REQUIRED', 'park'],
  [403, 'authenticatedUserAccountSuspended', 'AUTH_REQUIRED', 'park'],
  [403, 'authenticatedUserNotChannel', 'AUTH_REQUIRED', 'park'],
  [403, 'channelForbidden', 'AUTH_REQUIRED', 'park'],
  [404, 'channelNotFound', 'AUTH_REQUIRED', 'park'],
  [403, 'channelClosed', 'AUTH_REQUIRED', 'park'],
  [403, 'channelSuspended', 'AUTH_REQUIRED', 'park'],
  [403, 'accessNotConfigured', 'AUTH_REQUIRED', 'park'],
  [403, 'quotaExceeded', 'QUOTA_EXHAUSTED', 'wait for the quota'],
  [403, 'dailyLimitExceeded', 'QUOTA_EXHAUSTED', 'wait for the quota'],
  [400, 'uploadLimitExceeded', 'UPLOAD_LIMIT_REACHED', 'wait a day'],
  [403, 'rateLimitExceeded', 'UPLOAD_INTERRUPTED', 'retry'],
  [403, 'userRateLimitExceeded', 'UPLOAD_INTERRUPTED', 'retry'],
  [403, 'servingLimitExceeded', 'UPLOAD_INTERRUPTED', 'retry'],
  [429, 'uploadRateLimitExceeded', 'UPLOAD_INTERRUPTED', 'retry'],
  [503, 'backendError', 'UPLOAD_INTERRUPTED', 'retry'],
  [500, 'internalError', 'UPLOAD_INTERRUPTED', 'retry'],
  [400, 'processingFailure', 'UPLOAD_INTERRUPTED', 'retry'],
  [409, 'conflict', 'UPLOAD_INTERRUPTED', 'retry'],
  [409, 'SERVICE_UNAVAILABLE', 'UPLOAD_INTERRUPTED', 'retry'],
  [403, 'forbidden', 'UPLOAD_REJECTED', 'park'],
  [400, 'mediaBodyRequired', 'UPLOAD_REJECTED', 'park'],
  [400, 'invalidFilename', 'UPLOAD_REJECTED', 'park'],
  [400, 'badRequest', 'UPLOAD_REJECTED', 'park'],
  [400, 'invalidTitle', 'METADATA_INVALID', 'park'],
  [400, 'invalidDescription', 'METADATA_INVALID', 'park'],
  [400, 'invalidVideoMetadata', 'METADATA_INVALID', 'park'],
  [403, 'forbiddenPrivacySetting', 'METADATA_INVALID', 'park'],
  [400, 'invalidPublishAt', 'METADATA_INVALID', 'park'],
  [400, 'invalidTags', 'METADATA_INVALID', 'park'],
  [400, 'defaultLanguageNotSet', 'METADATA_INVALID', 'park'],
  [400, 'invalidDefaultLanguage', 'METADATA_INVALID', 'park'],
  [400, 'invalidRecordingDetails', 'METADATA_INVALID', 'give up'],
  [400, 'invalidCategoryId', 'METADATA_INVALID', 'give up'],
  [403, 'forbiddenLicenseSetting', 'METADATA_INVALID', 'give up'],
  [403, 'forbiddenEmbedSetting', 'METADATA_INVALID', 'give up'],
  [403, 'youtube.thumbnail:forbidden', 'THUMBNAIL_REJECTED', 'park'],
  [400, 'youtube.thumbnail:mediaBodyRequired', 'THUMBNAIL_REJECTED', 'park'],
  [400, 'invalidImage', 'THUMBNAIL_REJECTED', 'park'],
  [413, 'uploadTooLarge', 'THUMBNAIL_REJECTED', 'park'],
  [403, 'youtube.playlist:forbidden', 'PLAYLIST_REJECTED', 'park'],
  [403, 'youtube.playlistItem:forbidden', 'PLAYLIST_REJECTED', 'park'],
  [403, 'playlistForbidden', 'PLAYLIST_REJECTED', 'park'],
  [403, 'playlistItemsNotAccessible', 'PLAYLIST_REJECTED', 'park'],
  [409, 'videoAlreadyInPlaylist', 'UPLOAD_INTERRUPTED', 'retry'],
  [404, 'playlistNotFound', 'UPLOAD_INTERRUPTED', 'retry'],
  [404, 'playlistItemNotFound', 'UPLOAD_INTERRUPTED', 'retry'],
  [400, 'maxPlaylistExceeded', 'PLAYLIST_REJECTED', 'give up'],
  [403, 'playlistContainsMaximumNumberOfVideos', 'PLAYLIST_REJECTED', 'give up'],
  [400, 'playlistTitleRequired', 'PLAYLIST_REJECTED', 'give up'],
  [400, 'invalidPlaylistSnippet', 'PLAYLIST_REJECTED', 'give up'],
  [400, 'manualSortRequired', 'PLAYLIST_REJECTED', 'give up'],
  [404, 'videoNotFound', 'PUBLISH_NOT_CONFIRMED', 'give up'],
];

const now = Date.parse('2026-07-15T12:00:00Z');
const byKind = {
  retry: ['retry', undefined],
  'wait for the quota': ['retry', quotaReset(now)],
  'wait a day': ['retry', now + 86_400_000],
  park: ['fix', undefined],
  'give up': ['fix', undefined],
} as const;

describe('each API reason means one thing', () => {
  it('and the table here names all of them', () => {
    assert.deepEqual(knownReasons.toSorted(), expected.map(([, reason]) => reason).toSorted());
  });

  for (const [status, key, code, kind] of expected) {
    it(`${key}: ${kind}`, () => {
      const [reason, domain] = key.split(':').reverse();
      // The server's text and status decide nothing.
      for (const message of ['', 'quotaExceeded authError retry later']) {
        const body = { error: { code: status, message, errors: [{ reason, domain: domain ?? 'youtube.other' }] } };
        const api = readApiError(status, JSON.stringify(body));
        const error = fromApiError(api, now);
        assert.equal(meaningOf(api).kind, kind);
        assert.deepEqual([error.code, error.remedy, error.notBefore], [code, ...byKind[kind]]);
        assert.ok(error.message.includes(reason as string) && error.action.length > 5);
      }
    });
  }
});

test('without a known reason the status decides, never the text', () => {
  const at = (status: number) =>
    fromApiError({
      status,
      reason: 'brandNewReason',
      domain: undefined,
      isDailyQuota: false,
      message: 'quotaExceeded invalid_grant',
    });
  assert.deepEqual([at(401).code, at(401).remedy], ['AUTH_REQUIRED', 'fix']);
  assert.deepEqual([at(429).code, at(429).remedy], ['UPLOAD_INTERRUPTED', 'retry']);
  assert.deepEqual([at(502).code, at(502).remedy], ['UPLOAD_INTERRUPTED', 'retry']);
  assert.deepEqual([at(400).code, at(400).remedy], ['UPLOAD_REJECTED', 'fix']);
  assert.equal(unreachable('ECONNRESET').remedy, 'retry');
});

test('a daily limit is waited out, whatever its reason; a per-minute limit is not', () => {
  const refusal = (quota_unit: string) => {
    const errors = [{ reason: 'rateLimitExceeded', domain: 'global' }];
    const details = [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', metadata: { quota_unit } }, {}, null];
    return readApiError(429, JSON.stringify({ error: { code: 429, message: 'Quota exceeded', errors, details } }));
  };
  const daily = fromApiError(refusal('1/d/{project}'), now);
  assert.deepEqual([daily.code, daily.notBefore], ['QUOTA_EXHAUSTED', quotaReset(now)]);
  assert.equal(fromApiError(refusal('1/min/{project}'), now).code, 'UPLOAD_INTERRUPTED');
});

test("Google's error shape is read, and nothing else is mistaken for it", () => {
  const body = { error: { code: 403, message: 'No', errors: [{ reason: 'forbidden', domain: 'youtube.thumbnail' }] } };
  const read = { status: 403, reason: 'forbidden', domain: 'youtube.thumbnail', isDailyQuota: false, message: 'No' };
  assert.deepEqual(readApiError(403, JSON.stringify(body)), read);
  assert.deepEqual(readApiError(403, body), read);
  for (const other of ['<html>', 'null', '{"error":"text"}', '{"error":{"errors":{}}}', undefined, 7]) {
    const nothing = { status: 500, reason: undefined, domain: undefined, isDailyQuota: false, message: '' };
    assert.deepEqual(readApiError(500, other), nothing);
  }
});

test('addresses, upload ids and tokens are cut out of what a server says, and its length is bounded', () => {
  const message = `at https://x.test/u?upload_id=SECRET, upload_id: SECRET, Bearer SECRET ${'long '.repeat(200)}`;
  const read = readApiError(400, { error: { message } });
  assert.ok(!read.message.includes('SECRET') && read.message.length <= 200);
});
