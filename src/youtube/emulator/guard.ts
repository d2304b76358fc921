import type { MiddlewareHandler } from 'hono';
import type { Environment } from './environment.ts';
import { GoogleError, googleError } from './google-answer.ts';

/** Answers only to its own names, so that no web site can reach it by pointing a name of its own at this machine. */
export function allowHosts(names: readonly string[]): MiddlewareHandler<Environment> {
  const allowed = new Set(names);
  return async (c, next) => {
    const host = URL.parse(`http://${c.req.header('host') ?? ''}`)?.hostname;
    if (host === undefined || !allowed.has(host)) return c.text('Not a name of this server', 403);
    return next();
  };
}

/** Any token will do; none will not. */
export const requireToken: MiddlewareHandler<Environment> = async (c, next) => {
  if (/^Bearer \S+$/.test(c.req.header('authorization') ?? '')) return next();
  const error = new GoogleError(401, 'authError', 'The request has no bearer token');
  return googleError(c, error, { 'www-authenticate': 'Bearer realm="local-youtube"' });
};
