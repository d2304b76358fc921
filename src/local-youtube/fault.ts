import type { ApiCall } from './api-call.ts';

/**
 * One deliberate fault in one request. `afterBytes` counts bytes of the request's body that are accepted (and, in an
 * upload session, stored like those of any interrupted chunk) before it happens; 0 by default.
 *
 * - `answer`: a refusal instead of the real answer. With a `reason`, status and domain come from the API's tables
 *   unless given; without one it is a `backendError`
 * - `drop`: the connection is cut
 * - `stall`: nothing more is read, and no answer is sent
 * - `delay`: everything is done as asked, `ms` milliseconds later
 * - `keep`: of an upload chunk only the first `bytes` are stored, a multiple of 262,144
 * - `loseAnswer`: everything is done as asked, and the connection is cut instead of the answer
 * - `truncateAnswer`: everything is done as asked, and half of the answer is sent
 */
export type Fault =
  | {
      readonly kind: 'answer';
      readonly status?: number | undefined;
      readonly reason?: string | undefined;
      readonly domain?: string | undefined;
      readonly headers?: Record<string, string> | undefined;
      readonly afterBytes?: number | undefined;
    }
  | { readonly kind: 'drop' | 'stall'; readonly afterBytes?: number | undefined }
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: 'keep'; readonly bytes: number }
  | { readonly kind: 'loseAnswer' | 'truncateAnswer' };

/** A request, as a fault script sees it. */
export interface FaultRequest {
  /** 1 for the first request since the start. */
  readonly number: number;
  readonly method: string;
  readonly path: string;
  readonly call: ApiCall | undefined;
  readonly contentRange: string | undefined;
}

/** Decides what goes wrong with a request; undefined: nothing. */
export type FaultScript = (request: FaultRequest) => Fault | undefined;
