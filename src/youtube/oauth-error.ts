import { StageError } from '../domain/errors.ts';

/** RFC 6749, 5.2: what a token endpoint answers when no retry can help. */
const deadGrant = new Set([
  'invalid_grant',
  'invalid_client',
  'unauthorized_client',
  'deleted_client',
  'invalid_scope',
]);

/**
 * What a failed exchange of a refresh token means. The library's error is not passed on as cause: it holds the
 * request, with the refresh token in it.
 */
export function oauthError(error: unknown, dead: () => StageError): StageError {
  const data = (error as { response?: { data?: { error?: unknown } } } | undefined)?.response?.data;
  if (typeof data?.error === 'string' && deadGrant.has(data.error)) return dead();
  return new StageError('UPLOAD_INTERRUPTED', 'No access token could be had from Google', {
    remedy: 'retry',
    action: 'Check the internet connection; it is tried again.',
  });
}
