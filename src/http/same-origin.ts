import type { MiddlewareHandler } from 'hono';
import { RequestError } from './request-error.ts';

const changesNothing = (method: string) => method === 'GET' || method === 'HEAD';

/** Under these a browser reaches a server of its own machine, and no other one. */
export const thisMachine = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Answers only to its own names, so that no website can reach it by pointing its own name at this machine.
 * @param names asked at each request: a machine that changes networks gets a new address
 * @param server what a person calls it, such as `studio`
 * @throws RequestError 421
 */
export function allowHosts(names: () => readonly string[], server: string): MiddlewareHandler {
  return async (c, next) => {
    const host = URL.parse(`http://${c.req.header('host') ?? ''}`)?.hostname;
    const isOurs = names().some((name) => name.toLowerCase() === host);
    if (!isOurs) throw notOurName(server);
    return next();
  };
}

/**
 * Only our own page and programs may talk to the server. Browsers say where a request comes from in `Origin` and, all
 * of them since 2023, in `Sec-Fetch-Site` (Fetch Metadata Request Headers, 2.4); programs send neither. Another site
 * may link to a page, but cannot change or read anything.
 * @throws RequestError 403
 */
export function sameOriginOnly(server: string): MiddlewareHandler {
  return async (c, next) => {
    const { method, path } = c.req;
    const site = c.req.header('sec-fetch-site');
    const fromElsewhere = site === 'cross-site' || site === 'same-site';
    if (fromElsewhere && (!changesNothing(method) || path.startsWith('/api/'))) throw refused(server);
    const origin = c.req.header('origin');
    if (origin !== undefined && URL.parse(origin)?.host !== c.req.header('host')) throw refused(server);
    return next();
  };
}

const notOurName = (server: string) =>
  new RequestError(421, `The ${server} is not known by this name.`, 'Open it at the address that the terminal shows.');
const refused = (server: string) =>
  new RequestError(403, `Another website may not use the ${server}.`, 'Open it yourself, and do it there.');
