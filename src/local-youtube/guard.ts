import type { Context, MiddlewareHandler } from 'hono';
import type { LocalYouTubeEnv } from './env.ts';
import { GoogleError, googleError } from './google-answer.ts';
import { accessTokenPrefix, type Grants } from './oauth-grants.ts';
import { allows } from './oauth-scopes.ts';

/**
 * A token issued by a sign-in here must be valid and allow the call. Any other token will do, so that a rehearsal needs
 * no sign-in; but a request without a token is refused.
 */
export function requireToken(grants: Grants): MiddlewareHandler<LocalYouTubeEnv> {
  return async (c, next) => {
    const token = /^Bearer (\S+)$/.exec(c.req.header('authorization') ?? '')?.[1];
    if (token === undefined) return refuse(c, 'The request has no bearer token', 'Bearer realm="local-youtube"');
    if (token.startsWith(accessTokenPrefix)) {
      const grant = grants.ofAccessToken(token);
      if (!grant) return refuse(c, 'Invalid Credentials', 'Bearer realm="local-youtube", error="invalid_token"');
      if (!allows(grant.scopes, c.var.call)) {
        const error = new GoogleError(
          403,
          'insufficientPermissions',
          'Request had insufficient authentication scopes.',
        );
        return googleError(c, error);
      }
    }
    return next();
  };
}

function refuse(c: Context, message: string, challenge: string): Response {
  return googleError(c, new GoogleError(401, 'authError', message), { 'www-authenticate': challenge });
}
