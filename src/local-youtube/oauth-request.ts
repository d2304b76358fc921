import { rehearsalClient } from './oauth-client.ts';
import { describeScope } from './oauth-scopes.ts';

/** What a program asks a person for on the consent page. */
export interface ConsentRequest {
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly state: string | undefined;
  /** Base64url of SHA-256: RFC 7636, S256. */
  readonly codeChallenge: string | undefined;
  readonly offline: boolean;
}

/**
 * Checks an authorization request: "OAuth 2.0 for Mobile & Desktop Apps", Step 2, and RFC 8252, 7.3 (loopback redirect,
 * any port).
 * @returns the mistake, as Google's error page names it
 */
export function readConsentRequest(query: URLSearchParams): ConsentRequest | { readonly mistake: string } {
  const value = (name: string) => query.get(name) ?? undefined;
  const redirectUri = value('redirect_uri') ?? '';
  const scopes = (value('scope') ?? '').split(' ').filter(Boolean);
  const unknown = scopes.find((scope) => describeScope(scope) === undefined);
  const codeChallenge = value('code_challenge');
  const mistakes: [boolean, string][] = [
    [value('client_id') !== rehearsalClient.clientId, 'invalid_client: The OAuth client was not found.'],
    [!isLoopback(redirectUri), 'redirect_uri_mismatch: A desktop app is redirected to http://127.0.0.1:PORT.'],
    [value('response_type') !== 'code', 'invalid_request: The response_type must be code.'],
    [scopes.length === 0, 'invalid_request: Missing required parameter: scope.'],
    [unknown !== undefined, `invalid_scope: ${unknown?.slice(0, 100)}`],
    [
      codeChallenge !== undefined && value('code_challenge_method') !== 'S256',
      'invalid_request: The code_challenge_method must be S256.',
    ],
    [
      codeChallenge !== undefined && !/^[\w-]{43}$/.test(codeChallenge),
      'invalid_request: The code_challenge is no SHA-256 in base64url.',
    ],
  ];
  const [, mistake] = mistakes.find(([wrong]) => wrong) ?? [];
  if (mistake !== undefined) return { mistake };
  return { redirectUri, scopes, state: value('state'), codeChallenge, offline: value('access_type') === 'offline' };
}

function isLoopback(address: string): boolean {
  const url = URL.parse(address);
  return url?.protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname) && url.hash === '';
}
