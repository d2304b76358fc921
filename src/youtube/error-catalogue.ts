import { type ErrorCode, StageError } from '../domain/errors.ts';
import { quotaReset } from '../domain/quota.ts';
import { type Kind, type Meaning, meanings } from './error-meanings.ts';
import type { ApiError } from './resumable/index.ts';

const oneDay = 86_400_000;

/** For answers without a known reason: what the status alone tells us. */
function byStatus(status: number): Meaning {
  if (status === 401) return meanings.authError;
  if (status === 408 || status === 429 || status >= 500) return meanings.backendError;
  return meanings.badRequest;
}

/**
 * What an answer from the API means: a limit known to be daily takes precedence over the reason, and an entry
 * `domain:reason` over one with the reason alone.
 */
export function meaningOf({ domain, reason = '', status, isDailyQuota }: Omit<ApiError, 'message'>): Meaning {
  if (isDailyQuota) return meanings.quotaExceeded;
  const table: Readonly<Record<string, Meaning>> = meanings;
  const find = (key: string) => (Object.hasOwn(table, key) ? table[key] : undefined);
  return find(`${domain}:${reason}`) ?? find(reason) ?? byStatus(status);
}

/**
 * The expected error for an answer from the API; identified by reason and status, never by text.
 * @param now milliseconds since 1970
 */
export function fromApiError(api: ApiError, now = Date.now()): StageError {
  const { kind, code, message, action } = meaningOf(api);
  const said = [api.reason || `HTTP ${api.status}`, api.message].filter(Boolean).join(': ');
  const remedy = kind === 'park' || kind === 'give up' ? 'fix' : 'retry';
  return new StageError(code, `${message} (${said})`, { remedy, action, notBefore: notBefore(kind, now) });
}

function notBefore(kind: Kind, now: number): number | undefined {
  if (kind === 'wait for the quota') return quotaReset(now);
  return kind === 'wait a day' ? now + oneDay : undefined;
}

/** Reasons that have their own entry. */
export const knownReasons: readonly string[] = Object.keys(meanings);

/** Failures not caused by one video or picture: nothing else would fare better now. */
const general: readonly ErrorCode[] = ['AUTH_REQUIRED', 'QUOTA_EXHAUSTED', 'UPLOAD_LIMIT_REACHED', 'SUPERSEDED'];
export const concernsAll = (error: StageError): boolean => general.includes(error.code);

/** No answer came at all. */
export function unreachable(what: string): StageError {
  return new StageError('UPLOAD_INTERRUPTED', `YouTube cannot be reached (${what})`, {
    remedy: 'retry',
    action: 'It is tried again automatically. If it needs attention, check the internet connection, then retry.',
  });
}
