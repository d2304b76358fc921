import { systemClock } from './clock.ts';

export interface RetryPolicy {
  /** Failures in a row, without a stored byte in between, after which the upload returns to the caller. */
  readonly attempts: number;
  readonly minDelayMs: number;
  readonly maxDelayMs: number;
  /** A `Retry-After` longer than this ends the call instead of being waited out here. */
  readonly maxRetryAfterMs: number;
  readonly sleep?: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** 0 ≤ x < 1 */
  readonly random?: () => number;
}

export const defaultRetryPolicy: RetryPolicy = {
  attempts: 8,
  minDelayMs: 500,
  maxDelayMs: 30_000,
  maxRetryAfterMs: 60_000,
};

/** Milliseconds before attempt number `failures` + 1: doubling, bounded, with the upper half random. */
export function backoffMs(policy: RetryPolicy, failures: number): number {
  const whole = Math.min(policy.maxDelayMs, policy.minDelayMs * 2 ** (failures - 1));
  return whole / 2 + (whole / 2) * (policy.random ?? Math.random)();
}

export interface Patience {
  /** Progress was made: the failure count starts over. */
  reset(): void;
  /** Waits before the next attempt. False: no attempts left, or a longer wait than allowed here. */
  pause(retryAfterMs?: number): Promise<boolean>;
}

/** Counts failures in a row and waits between them. */
export function createPatience(policy: RetryPolicy, signal?: AbortSignal): Patience {
  const sleep = policy.sleep ?? systemClock.sleep;
  let failures = 0;
  return {
    reset: () => {
      failures = 0;
    },
    async pause(retryAfterMs = 0) {
      failures += 1;
      if (failures > policy.attempts || retryAfterMs > policy.maxRetryAfterMs) return false;
      await sleep(Math.max(retryAfterMs, backoffMs(policy, failures)), signal);
      signal?.throwIfAborted();
      return true;
    },
  };
}
