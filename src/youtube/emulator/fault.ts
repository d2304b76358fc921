/**
 * One thing that goes wrong, on purpose, with one request. `afterBytes` counts bytes of the request's body that are
 * taken (and, in an upload session, stored like those of any interrupted chunk) before it happens; 0 by default.
 *
 * - `answer`: this status instead of the real answer
 * - `drop`: the connection is cut
 * - `stall`: nothing more is read and nothing is answered
 * - `keep`: of an upload chunk only the first `bytes` are stored, a multiple of 262,144
 * - `loseAnswer`: everything is done as asked, and the connection is cut instead of the answer
 * - `truncateAnswer`: everything is done as asked, and half of the answer is sent
 */
export type Fault =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly reason?: string;
      readonly domain?: string;
      readonly headers?: Record<string, string>;
      readonly afterBytes?: number;
    }
  | { readonly kind: 'drop' | 'stall'; readonly afterBytes?: number }
  | { readonly kind: 'keep'; readonly bytes: number }
  | { readonly kind: 'loseAnswer' | 'truncateAnswer' };

/** A request as a fault script sees it. */
export interface FaultRequest {
  /** 1 for the first request since the start. */
  readonly number: number;
  readonly method: string;
  readonly path: string;
  readonly contentRange: string | undefined;
}

/** Decides what goes wrong with a request; undefined: nothing. */
export type FaultScript = (request: FaultRequest) => Fault | undefined;
