import type { MiddlewareHandler } from 'hono';
import type { StudioEnv } from '../env.ts';
import { RequestError } from '../problem.ts';

const changesNothing = (method: string) => method === 'GET' || method === 'HEAD';

/**
 * Answers only to its own names, so that no website can reach it by pointing its own name at this machine.
 * @param names asked at each request: a machine that changes networks gets a new address
 */
export function allowHosts(names: () => readonly string[]): MiddlewareHandler<StudioEnv> {
  return async (c, next) => {
    const host = URL.parse(`http://${c.req.header('host') ?? ''}`)?.hostname;
    const isOurs = names().some((name) => name.toLowerCase() === host);
    if (!isOurs) throw new RequestError(421, 'The studio is not known by this name.');
    return next();
  };
}

/**
 * Only our own page and programs may talk to the studio. Browsers say where a request comes from in `Origin` and, all
 * of them since 2023, in `Sec-Fetch-Site` (Fetch Metadata Request Headers, 2.4); programs send neither. Another site
 * may link to a page, but cannot change or read anything.
 */
export function sameOriginOnly(): MiddlewareHandler<StudioEnv> {
  return async (c, next) => {
    const { method, path } = c.req;
    const site = c.req.header('sec-fetch-site');
    const fromElsewhere = site === 'cross-site' || site === 'same-site';
    if (fromElsewhere && (!changesNothing(method) || path.startsWith('/api/'))) throw refused();
    const origin = c.req.header('origin');
    if (origin !== undefined && URL.parse(origin)?.host !== c.req.header('host')) throw refused();
    return next();
  };
}

const refused = () => new RequestError(403, 'Another website may not use the studio.');
