import type { youtube_v3 } from '@googleapis/youtube';
import { StageError } from '../domain/errors.ts';
import type { YouTubeAuth } from './auth.ts';
import { fromApiError, unreachable } from './error-catalogue.ts';
import { type ApiMethod, callCosts, type Spend } from './quota-costs.ts';
import { readApiError } from './resumable/index.ts';

/** What every metadata call is made with. */
export interface CallOptions {
  /** Passed with every call: for media uploads, the client's own default overrides what it was created with. */
  readonly rootUrl: string;
  readonly headers: Record<string, string>;
  /** The client retries some calls itself; each request counts. */
  readonly retryConfig: { readonly onRetryAttempt: () => void };
  readonly signal?: AbortSignal;
}

/** Runs one metadata call with a valid token; its failures are StageErrors. */
export type Call = <T>(
  method: ApiMethod,
  run: (api: youtube_v3.Youtube, options: CallOptions) => Promise<{ data: T }>,
  signal?: AbortSignal,
) => Promise<T>;

/** Google's own client, loaded on the first call: it takes about 25 MB, and an idle worker needs none of it. */
export function createCalls(options: {
  rootUrl: string;
  auth: YouTubeAuth;
  timeoutMs: number;
}): (spend: Spend) => Call {
  const { rootUrl, auth, timeoutMs } = options;
  let api: Promise<youtube_v3.Youtube> | undefined;
  const open = async () => {
    const { youtube } = await import('@googleapis/youtube');
    return youtube({ version: 'v3', timeout: timeoutMs });
  };

  return (spend) => async (method, run, signal) => {
    signal?.throwIfAborted();
    api ??= open();
    const opened = await api;
    const attempt = async (refresh: boolean) => {
      const headers = await auth.authorize({ refresh });
      const count = () => spend(callCosts[method]);
      count();
      const retryConfig = { onRetryAttempt: count };
      const { data } = await run(opened, { rootUrl, headers, retryConfig, ...(signal ? { signal } : {}) });
      return data;
    };
    try {
      return await attempt(false).catch((error: unknown) => {
        if (statusOf(error) !== 401) throw error;
        return attempt(true);
      });
    } catch (error) {
      signal?.throwIfAborted();
      throw toStageError(error);
    }
  };
}

/** The client's own error is not passed on: it carries the request with its token. */
function toStageError(error: unknown): unknown {
  if (error instanceof StageError) return error;
  const status = statusOf(error);
  if (status !== undefined) {
    return fromApiError(readApiError(status, (error as { response: { data: unknown } }).response.data));
  }
  const code = networkCode(error);
  return code === undefined ? error : unreachable(code);
}

function statusOf(error: unknown): number | undefined {
  const status = (error as { response?: { status?: unknown } } | undefined)?.response?.status;
  return typeof status === 'number' ? status : undefined;
}

/** E.g. ECONNREFUSED, or the name of a timeout; undefined for anything that is not the network's fault. */
function networkCode(error: unknown): string | undefined {
  const { code, config } = (error ?? {}) as { code?: unknown; config?: unknown };
  if (config === undefined) return undefined;
  return typeof code === 'string' ? code : 'the connection failed';
}
