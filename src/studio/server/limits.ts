import type { MiddlewareHandler } from 'hono';
import { RequestError } from './problem.ts';

/** Largest JSON document that a request may contain, in bytes. */
export const largestBody = 64 * 1024;
/** Pages that may be open at once. */
export const mostStreams = 32;
/** Pictures that may be made at once, for all pages together; further requests are told to try again. */
export const mostPictures = 24;
/** Files that may be sent at once. */
export const mostFiles = 16;
/** Connections at once; the worker in the same process needs file handles too. */
export const mostConnections = 400;
/**
 * Milliseconds without a byte after which a connection is closed: otherwise a phone that left would occupy it for ever.
 */
export const silentFor = 120_000;
/** Largest piece of a recording that is sent in pieces, in bytes. */
export const largestPiece = 32 * 1024 ** 2;
/** Milliseconds between signs of life to an open page, which counts a connection as lost after two and a half times that. */
export const signOfLifeEvery = 10_000;
/** Recordings that may be received at once. */
export const mostUploads = 3;

/** Answers at most `most` requests at once; further ones are refused, not kept waiting. */
export function atMost(most: number, what: string): MiddlewareHandler {
  let running = 0;
  return async (_c, next) => {
    if (running >= most) throw new RequestError(429, `Too many ${what} at once. Try again in a moment.`);
    running += 1;
    try {
      await next();
    } finally {
      running -= 1;
    }
  };
}
