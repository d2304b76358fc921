import { type ApiError, readApiError } from './api-error.ts';
import type { Answer } from './exchange.ts';
import { readRetryAfter } from './retry-after.ts';

/** Retry, or ask, after a while. */
export interface Wait {
  readonly kind: 'wait';
  readonly why: string;
  readonly retryAfterMs?: number | undefined;
  /** What the server said; undefined when it did not answer. */
  readonly api?: ApiError | undefined;
}

/** What an answer from a resumable session means. */
export type Verdict =
  | { readonly kind: 'complete'; readonly answer: unknown }
  | { readonly kind: 'stored'; readonly bytes: number }
  | Wait
  | { readonly kind: 'unauthorized'; readonly api: ApiError }
  | { readonly kind: 'lost'; readonly status: number }
  | { readonly kind: 'rejected'; readonly api: ApiError };

/**
 * Google, "Resumable Uploads" (YouTube Data API, Step 4): 200/201 complete; 308 with `Range: bytes=0-X` stored up to
 * and including X, without Range nothing stored; 5xx and connection failures may be resumed; 404 the session expired.
 *
 * @param now milliseconds since the epoch, for a Retry-After given as a date
 */
export function readVerdict(answer: Answer, size: number, now: number): Verdict {
  const { status } = answer;
  if (status === 200 || status === 201) return readCompletion(answer);
  if (status === 308) return readStored(answer.headers.range, size);
  if (status === 401) return { kind: 'unauthorized', api: readApiError(status, answer.text) };
  if (status === 404 || status === 410) return { kind: 'lost', status };
  return readRefusal(answer, now);
}

/** Common to the start of a session and its chunks: wait and retry, or take no for an answer. */
export function readRefusal(answer: Answer, now: number): Extract<Verdict, { kind: 'wait' | 'rejected' }> {
  const { status } = answer;
  const api = readApiError(status, answer.text);
  // A quota used up for today does not come back while we wait.
  if (!api.isDailyQuota && (status === 408 || status === 429 || status >= 500)) {
    const retryAfterMs = readRetryAfter(answer.headers['retry-after'], now);
    return { kind: 'wait', why: `HTTP ${status}`, retryAfterMs, api };
  }
  return { kind: 'rejected', api };
}

/** An unreadable final answer is a lost one: the session gives it again when asked. */
function readCompletion(answer: Answer): Verdict {
  try {
    return { kind: 'complete', answer: JSON.parse(answer.text) };
  } catch {
    return { kind: 'wait', why: 'the final answer could not be read' };
  }
}

function readStored(range: string | string[] | undefined, size: number): Verdict {
  if (range === undefined) return { kind: 'stored', bytes: 0 };
  // Google never sends "0--1" for "nothing stored", but other servers do.
  const last = /^(?:bytes=)?0-(\d+|-1)$/.exec(String(range).trim())?.[1];
  const bytes = last === undefined ? Number.NaN : Number(last) + 1;
  if (!Number.isSafeInteger(bytes) || bytes > size)
    return { kind: 'wait', why: 'the server named an impossible range' };
  return { kind: 'stored', bytes };
}
