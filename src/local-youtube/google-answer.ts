import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** A refusal in the format of Google's APIs; thrown anywhere in a handler. */
export class GoogleError extends Error {
  override readonly name = 'GoogleError';
  readonly status: number;
  readonly reason: string;
  readonly domain: string;

  constructor(status: number, reason: string, message: string, domain = 'global') {
    super(message);
    this.status = status;
    this.reason = reason;
    this.domain = domain;
  }
}

/** `{ error: { code, message, errors: [{ reason, domain, message }] } }` */
export function googleError(c: Context, error: GoogleError, headers: Record<string, string> = {}): Response {
  const { status, reason, domain, message } = error;
  const body = { error: { code: status, message, errors: [{ message, domain, reason }] } };
  return c.json(body, status as ContentfulStatusCode, headers);
}

export function badRequest(reason: string, message: string, domain?: string): GoogleError {
  return new GoogleError(400, reason, message, domain);
}

/** A refusal by an OAuth endpoint: RFC 6749, 5.2. */
export class OAuthError extends Error {
  override readonly name = 'OAuthError';
  readonly status: number;
  readonly error: string;

  constructor(status: number, error: string, description: string) {
    super(description);
    this.status = status;
    this.error = error;
  }
}

/** `{ error, error_description }` */
export function oauthError(c: Context, { status, error, message }: OAuthError): Response {
  return c.json({ error, error_description: message }, status as ContentfulStatusCode);
}
