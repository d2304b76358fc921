import { lookup } from 'node:dns';
import { type RequestOptions, request as requestPlainly } from 'node:http';
import { request as requestSecurely } from 'node:https';
import type { LookupFunction } from 'node:net';
import { isPublic, mayBePublic } from './public-address.ts';

/** The address is of this machine or of a network around it. */
export class NotPublicError extends Error {
  override readonly name = 'NotPublicError';

  constructor() {
    super('its address leads to this machine or its network, which only the environment or .env can allow');
  }
}

/** Posts JSON, and follows no redirect. Returns the status of the answer. @throws Error; the signal's reason as `cause` */
export const postAnywhere = (address: string, body: string, signal: AbortSignal) => post(address, body, { signal });

/**
 * The same, but only to an address on the internet. The name is looked up once, for the connection itself, so that it
 * cannot mean one address when it is checked and another when it is used.
 * @throws NotPublicError
 */
export async function postOnInternet(address: string, body: string, signal: AbortSignal): Promise<number> {
  // Node looks up no IP address.
  if (!mayBePublic(new URL(address).hostname)) throw new NotPublicError();
  return post(address, body, { signal, lookup: publicOnly });
}

/** @param resolve looks names up */
export const publicOnlyBy =
  (resolve: typeof lookup): LookupFunction =>
  (hostname, options, done) =>
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error || !first) return done(error ?? new Error(`${hostname} has no address`), '', 4);
      if (!addresses.every(({ address }) => isPublic(address))) return done(new NotPublicError(), '', 4);
      return options.all ? done(null, addresses) : done(null, first.address, first.family);
    });

const publicOnly = publicOnlyBy(lookup);

function post(address: string, body: string, options: RequestOptions): Promise<number> {
  const request = new URL(address).protocol === 'https:' ? requestSecurely : requestPlainly;
  return new Promise((done, fail) => {
    const sent = request(address, {
      ...options,
      method: 'POST',
      agent: false,
      headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
    });
    sent.on('error', fail);
    sent.once('response', (answer) => {
      done(answer.statusCode ?? 0);
      // Nobody reads the rest, however it ends.
      answer.on('error', () => undefined).destroy();
    });
    sent.end(body);
  });
}
