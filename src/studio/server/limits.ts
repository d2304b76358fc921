import type { MiddlewareHandler } from 'hono';
import type { StudioEnv } from './env.ts';
import type { ConnectionLimits } from './guard/connections.ts';
import { addressOf, deviceOf, isThisMachine } from './guard/this-machine.ts';
import { RequestError } from './problem.ts';

/** Largest JSON document that a request may contain, in bytes. */
export const largestBody = 64 * 1024;
/** Pages that may be open at once. */
export const mostStreams = 32;
/** The worker in the same process needs file handles too; a browser has six connections, and a few pages more. */
export const connections: ConnectionLimits = {
  ...{ most: 400, others: 300, each: 40 },
  // Slower than any network on which a recording would arrive in a day.
  ...{ window: 60_000, leastBytes: 64 * 1024 },
};
/** Milliseconds without a byte after which a connection is cut: a phone that left would keep its place for ever. */
export const silentFor = 120_000;
/** Largest piece of a recording that is sent in pieces, in bytes. */
export const largestPiece = 32 * 1024 ** 2;
/** Milliseconds between signs of life to an open page, which counts a connection as lost after two and a half times that. */
export const signOfLifeEvery = 10_000;
/** Recordings that may be received at once. */
export const mostUploads = 6;

/** Of each limit, the part that other devices leave to this machine, and that one of them leaves to the next. */
const keptShare = 0.25;

/** What all requests of a kind share, for all pages together, whichever route they take. */
export interface StudioShares {
  /** Pictures that are made at once. */
  readonly pictures: Shares;
  /** Files that are sent at once. */
  readonly files: Shares;
  /** Recordings that are received at once. */
  readonly uploads: Shares;
}

export const createStudioShares = (): StudioShares => ({
  pictures: createShares(24),
  files: createShares(16),
  uploads: createShares(mostUploads),
});

/**
 * Answers only as many requests at once as there are places; one more is refused, not kept waiting. Other devices get a
 * part of them, and each a part of that.
 */
export function within(running: Shares, what: string): MiddlewareHandler<StudioEnv> {
  return async (c, next) => {
    const done = running.take(isThisMachine(c) ? undefined : deviceOf(addressOf(c)));
    if (!done) throw new RequestError(429, `Too many ${what} at once. Try again in a moment.`);
    try {
      await next();
    } finally {
      done();
    }
  };
}

/** Places for this machine and for other devices. */
export interface Shares {
  /**
   * @param device undefined for this machine
   * @returns gives the place back; undefined when there is none
   */
  take(device: string | undefined): (() => void) | undefined;
}

export function createShares(most: number): Shares {
  const forOthers = Math.max(1, Math.floor(most * (1 - keptShare)));
  const forEach = Math.max(1, Math.floor(forOthers * (1 - keptShare)));
  const taken = new Map<string | undefined, number>();
  const of = (device: string | undefined) => taken.get(device) ?? 0;
  return {
    take(device) {
      const all = [...taken.values()].reduce((sum, each) => sum + each, 0);
      const isFull = device === undefined ? all >= most : all - of(undefined) >= forOthers || of(device) >= forEach;
      if (isFull || all >= most) return undefined;
      taken.set(device, of(device) + 1);
      return () => {
        const left = of(device) - 1;
        if (left > 0) taken.set(device, left);
        else taken.delete(device);
      };
    },
  };
}
