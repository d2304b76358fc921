import { StageError } from '../../domain/errors.ts';

/** RFC 6749, 5.2, and Google's own: what a token endpoint answers when no retry can help. */
const dead = new Set([
  'invalid_grant',
  'invalid_client',
  'unauthorized_client',
  'deleted_client',
  'invalid_scope',
  'redirect_uri_mismatch',
  'admin_policy_enforced',
]);

/** The OAuth error code that no retry can help, e.g. `invalid_grant`; undefined for anything else. */
export function deadReason(error: unknown): string | undefined {
  const data = (error as { response?: { data?: { error?: unknown } } } | undefined)?.response?.data;
  return typeof data?.error === 'string' && dead.has(data.error) ? data.error : undefined;
}

/** The library's error is not passed on as cause: it holds the request, tokens included. */
export function noAnswer(): StageError {
  return new StageError('UPLOAD_INTERRUPTED', 'No access token could be obtained from Google', {
    remedy: 'retry',
    action: 'It is tried again automatically. If it needs attention, check the internet connection, then retry.',
  });
}
