import { createHash, randomBytes } from 'node:crypto';
import { type Context, Hono } from 'hono';
import type { Behaviour } from './behaviour.ts';
import { consentPage } from './consent-page.ts';
import type { LocalYouTubeEnv } from './env.ts';
import { OAuthError } from './google-answer.ts';
import { oauthPaths, rehearsalClient } from './oauth-client.ts';
import type { Grant, Grants } from './oauth-grants.ts';
import { type ConsentRequest, readConsentRequest } from './oauth-request.ts';
import { messagePage } from './page-frame.ts';
import { readForm } from './request-body.ts';

/** How long a code may be exchanged. */
const codeMs = 600_000;

interface Code {
  readonly request: ConsentRequest;
  readonly expiresAt: number;
}

/** Signing in as at Google: a consent page, tokens for a code or a refresh token (RFC 6749, RFC 7636), revocation. */
export function oauthRoutes(grants: Grants, behaviour: () => Behaviour, now: () => number): Hono<LocalYouTubeEnv> {
  const app = new Hono<LocalYouTubeEnv>();
  const open = new Map<string, ConsentRequest>();
  const codes = new Map<string, Code>();

  app.get(oauthPaths.consent, (c) => {
    const request = readConsentRequest(new URL(c.req.url).searchParams);
    if ('mistake' in request) return page(c, messagePage('Access blocked', request.mistake), 400);
    const ticket = randomBytes(24).toString('base64url');
    open.set(ticket, request);
    return page(c, consentPage(request, ticket));
  });

  app.post(oauthPaths.consent, async (c) => {
    const form = await readForm(c);
    const ticket = form.get('ticket') ?? '';
    const request = open.get(ticket);
    if (!request) return page(c, messagePage('Access blocked', 'This page was answered already. Begin again.'), 400);
    open.delete(ticket);
    const answer = new URL(request.redirectUri);
    if (request.state !== undefined) answer.searchParams.set('state', request.state);
    if (form.get('decision') === 'allow') {
      const code = `4/${randomBytes(48).toString('base64url')}`;
      codes.set(code, { request, expiresAt: now() + codeMs });
      answer.searchParams.set('code', code);
      answer.searchParams.set('scope', request.scopes.join(' '));
    } else answer.searchParams.set('error', 'access_denied');
    return c.redirect(answer.href, 302);
  });

  app.post(oauthPaths.token, async (c) => {
    const form = await readForm(c);
    if (
      form.get('client_id') !== rehearsalClient.clientId ||
      form.get('client_secret') !== rehearsalClient.clientSecret
    ) {
      throw new OAuthError(401, 'invalid_client', 'The OAuth client was not found.');
    }
    switch (form.get('grant_type')) {
      case 'authorization_code': {
        const { offline, scopes } = takeCode(form);
        const grant = await grants.give(scopes, behaviour().signInMs);
        return tokens(c, grant, offline ? { refresh_token: grant.refreshToken } : {});
      }
      case 'refresh_token': {
        const grant = grants.find(form.get('refresh_token') ?? '');
        if (!grant) throw new OAuthError(400, 'invalid_grant', 'Token has been expired or revoked.');
        return tokens(c, grant);
      }
      default:
        throw new OAuthError(400, 'unsupported_grant_type', 'Invalid grant_type');
    }
  });

  app.post(oauthPaths.revoke, async (c) => {
    const token = c.req.query('token') ?? (await readForm(c)).get('token') ?? '';
    if (!(await grants.revoke(token))) throw new OAuthError(400, 'invalid_token', 'Token expired or revoked');
    return c.json({});
  });

  /** A code works once, with the address and verifier it was requested with. */
  const takeCode = (form: URLSearchParams): ConsentRequest => {
    const code = form.get('code') ?? '';
    const known = codes.get(code);
    codes.delete(code);
    const verifier = form.get('code_verifier');
    const challenge = verifier === null ? undefined : createHash('sha256').update(verifier).digest('base64url');
    if (!known || known.expiresAt <= now()) throw new OAuthError(400, 'invalid_grant', 'Malformed auth code.');
    if (challenge !== known.request.codeChallenge) {
      throw new OAuthError(400, 'invalid_grant', 'Invalid code verifier.');
    }
    if (form.get('redirect_uri') !== known.request.redirectUri) {
      throw new OAuthError(400, 'redirect_uri_mismatch', 'Bad Request');
    }
    return known.request;
  };

  const tokens = async (c: Context, grant: Grant, more: object = {}) => {
    const { accessTokenMs } = behaviour();
    return c.json(
      {
        access_token: await grants.access(grant, accessTokenMs),
        expires_in: Math.ceil(accessTokenMs / 1000),
        scope: grant.scopes.join(' '),
        token_type: 'Bearer',
        ...more,
      },
      200,
      { 'cache-control': 'no-store' },
    );
  };

  return app;
}

/** A form may lead back to the program that asked, and nowhere else. */
const policy =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'self' http://127.0.0.1:* http://localhost:*; frame-ancestors 'none'";

async function page(c: Context, content: string | Promise<string>, status: 200 | 400 = 200): Promise<Response> {
  return c.html(await content, status, { 'content-security-policy': policy, 'referrer-policy': 'no-referrer' });
}
