import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromApiError, knownReasons, unreachable } from '../../src/youtube/error-catalogue.ts';
import { readApiError } from '../../src/youtube/resumable/api-error.ts';

/** status, reason, domain → code, remedy */
const table: [number, string, string | undefined, string, 'fix' | 'retry'][] = [
  [401, 'authError', undefined, 'AUTH_REQUIRED', 'fix'],
  [403, 'insufficientPermissions', undefined, 'AUTH_REQUIRED', 'fix'],
  [401, 'youtubeSignupRequired', undefined, 'AUTH_REQUIRED', 'fix'],
  [403, 'authenticatedUserAccountClosed', undefined, 'AUTH_REQUIRED', 'fix'],
  [403, 'authenticatedUserAccountSuspended', undefined, 'AUTH_REQUIRED', 'fix'],
  [403, 'accessNotConfigured', undefined, 'AUTH_REQUIRED', 'fix'],
  [403, 'quotaExceeded', 'youtube.quota', 'QUOTA_EXHAUSTED', 'fix'],
  [403, 'dailyLimitExceeded', undefined, 'QUOTA_EXHAUSTED', 'fix'],
  [400, 'uploadLimitExceeded', 'youtube.video', 'QUOTA_EXHAUSTED', 'fix'],
  [403, 'rateLimitExceeded', undefined, 'UPLOAD_INTERRUPTED', 'retry'],
  [403, 'userRateLimitExceeded', undefined, 'UPLOAD_INTERRUPTED', 'retry'],
  [429, 'uploadRateLimitExceeded', 'youtube.thumbnail', 'UPLOAD_INTERRUPTED', 'retry'],
  [403, 'forbidden', undefined, 'UPLOAD_REJECTED', 'fix'],
  [403, 'forbiddenPrivacySetting', undefined, 'METADATA_INVALID', 'fix'],
  [400, 'invalidTitle', 'youtube.video', 'METADATA_INVALID', 'fix'],
  [400, 'invalidDescription', undefined, 'METADATA_INVALID', 'fix'],
  [400, 'invalidTags', undefined, 'METADATA_INVALID', 'fix'],
  [400, 'invalidCategoryId', undefined, 'METADATA_INVALID', 'fix'],
  [400, 'invalidRecordingDetails', undefined, 'METADATA_INVALID', 'fix'],
  [400, 'invalidVideoMetadata', undefined, 'METADATA_INVALID', 'fix'],
  [400, 'mediaBodyRequired', 'youtube.video', 'UPLOAD_REJECTED', 'fix'],
  [403, 'forbidden', 'youtube.thumbnail', 'THUMBNAIL_REJECTED', 'fix'],
  [400, 'mediaBodyRequired', 'youtube.thumbnail', 'THUMBNAIL_REJECTED', 'fix'],
  [400, 'invalidImage', 'youtube.thumbnail', 'THUMBNAIL_REJECTED', 'fix'],
  [413, 'uploadTooLarge', undefined, 'THUMBNAIL_REJECTED', 'fix'],
  [404, 'videoNotFound', 'youtube.video', 'PUBLISH_NOT_CONFIRMED', 'fix'],
  [503, 'backendError', undefined, 'UPLOAD_INTERRUPTED', 'retry'],
  [500, 'internalError', undefined, 'UPLOAD_INTERRUPTED', 'retry'],
];

for (const [status, reason, domain, code, remedy] of table) {
  test(`${domain ? `${domain}:` : ''}${reason} is ${code}`, () => {
    const error = fromApiError({ status, reason, domain, message: 'whatever it says' });
    assert.deepEqual([error.code, error.remedy], [code, remedy]);
    assert.ok(error.message.includes(reason) && error.action.length > 5);
  });
}

test('every reason of the catalogue is in the table above', () => {
  const tested = new Set(table.flatMap(([, reason, domain]) => [reason, `${domain}:${reason}`]));
  assert.deepEqual(
    knownReasons.filter((reason) => !tested.has(reason)),
    [],
  );
});

test('without a known reason the status decides, never the text', () => {
  const at = (status: number) =>
    fromApiError({ status, reason: 'brandNewReason', domain: undefined, message: 'quotaExceeded invalid_grant' });
  assert.deepEqual([at(401).code, at(401).remedy], ['AUTH_REQUIRED', 'fix']);
  assert.deepEqual([at(429).code, at(429).remedy], ['UPLOAD_INTERRUPTED', 'retry']);
  assert.deepEqual([at(502).code, at(502).remedy], ['UPLOAD_INTERRUPTED', 'retry']);
  assert.deepEqual([at(400).code, at(400).remedy], ['UPLOAD_REJECTED', 'fix']);
  assert.equal(unreachable('ECONNRESET').remedy, 'retry');
});

test("Google's error shape is read, and anything else is not mistaken for it", () => {
  const body = { error: { code: 403, message: 'No', errors: [{ reason: 'forbidden', domain: 'youtube.thumbnail' }] } };
  const read = { status: 403, reason: 'forbidden', domain: 'youtube.thumbnail', message: 'No' };
  assert.deepEqual(readApiError(403, JSON.stringify(body)), read);
  assert.deepEqual(readApiError(403, body), read);
  for (const other of ['<html>', 'null', '{"error":"text"}', '{"error":{"errors":{}}}', undefined, 7]) {
    assert.deepEqual(readApiError(500, other), { status: 500, reason: undefined, domain: undefined, message: '' });
  }
});

test('addresses, upload ids and tokens are cut out of what a server says, and its length is bounded', () => {
  const message = `at https://x.test/u?upload_id=SECRET, upload_id: SECRET, Bearer SECRET ${'long '.repeat(200)}`;
  const read = readApiError(400, { error: { message } });
  assert.ok(!read.message.includes('SECRET') && read.message.length <= 200);
});
