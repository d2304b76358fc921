import { lookup } from 'node:dns';
import { type RequestOptions, request as requestPlainly } from 'node:http';
import { request as requestSecurely } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { WebhookRequest } from './formats/request.ts';
import { isPublic, mayBePublic } from './public-address.ts';

/** The address is of this machine or of a network around it. */
export class NotPublicError extends Error {
  override readonly name = 'NotPublicError';

  constructor() {
    super('its address leads to this machine or its network, which only the environment or .env can allow');
  }
}

/** Sends it, and follows no redirect. Returns the status of the answer. @throws Error; the signal's reason as `cause` */
export const postAnywhere = (request: WebhookRequest, signal: AbortSignal) => post(request, { signal });

/**
 * The same, but only to an address on the internet. The name is looked up once, for the connection itself, so that it
 * cannot mean one address when it is checked and another when it is used.
 * @throws NotPublicError
 */
export async function postOnInternet(request: WebhookRequest, signal: AbortSignal): Promise<number> {
  // Node looks up no IP address.
  if (!mayBePublic(new URL(request.address).hostname)) throw new NotPublicError();
  return post(request, { signal, lookup: publicOnly });
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

function post({ address, method, headers, body }: WebhookRequest, options: RequestOptions): Promise<number> {
  const request = new URL(address).protocol === 'https:' ? requestSecurely : requestPlainly;
  return new Promise((done, fail) => {
    const sent = request(address, {
      ...options,
      method,
      agent: false,
      headers: { ...headers, 'content-length': body.byteLength },
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
