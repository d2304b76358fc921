import type { FaultScript } from './fault.ts';
import type { ProcessingOutcome } from './processing.ts';
import { googleLimits, type QuotaLimits } from './quota.ts';

/** An upload that has just become a video, passed to the code that decides its outcome. */
export interface FinishedUpload {
  readonly title: string;
  readonly bytes: number;
}

/** What the local YouTube does beyond the protocol; consulted for every request. */
export interface Behaviour {
  readonly quota: QuotaLimits;
  /** Milliseconds between the last byte and the outcome of processing. */
  readonly processingMs: number;
  readonly outcome: (upload: FinishedUpload) => ProcessingOutcome;
  /** Milliseconds until a new video shows in the list of uploads. */
  readonly listingMs: number;
  /** Milliseconds an access token is good for. */
  readonly accessTokenMs: number;
  /** Milliseconds a sign-in lasts, such as the 7 days of an app in Testing; undefined: until it is revoked. */
  readonly signInMs: number | undefined;
  /** Milliseconds that its clock is ahead. */
  readonly aheadMs: number;
  /** The sign-in is to another channel than that of the rehearsal. */
  readonly isOtherChannel: boolean;
  readonly faults: FaultScript | undefined;
}

/** The defaults: everything succeeds, soon, within Google's limits. */
export function usualBehaviour({
  quota,
  processingMs = 300,
  outcome = () => ({ status: 'processed' }),
  listingMs = 0,
  accessTokenMs = 3_599_000,
  signInMs,
  faults,
}: Partial<Omit<Behaviour, 'quota'>> & { readonly quota?: Partial<QuotaLimits> | undefined } = {}): Behaviour {
  return {
    quota: { ...googleLimits, ...quota },
    processingMs,
    outcome,
    listingMs,
    accessTokenMs,
    signInMs,
    faults,
    aheadMs: 0,
    isOtherChannel: false,
  };
}
