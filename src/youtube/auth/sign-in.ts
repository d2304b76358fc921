import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { CodeChallengeMethod, OAuth2Client } from 'google-auth-library';
import { StageError } from '../../domain/errors.ts';
import { authRequired } from './auth-required.ts';
import type { OAuthClient } from './client-file.ts';
import { deadReason, noAnswer } from './exchange-error.ts';
import { openOAuth } from './open-oauth.ts';
import { type Reply, startRedirectServer } from './redirect-server.ts';
import { isSufficient, youtubeScope } from './scope.ts';
import type { TokenFile } from './token-file.ts';

export interface SignInOptions {
  readonly client: OAuthClient;
  readonly signal: AbortSignal;
  /** Milliseconds the person has to sign in. */
  readonly timeoutMs: number;
  /** Lines the person pastes: the address where the browser on another machine ended up. */
  readonly pasted?: AsyncIterable<string>;
  /** Where the person is told what happens next; `terminal` by default. */
  readonly teller?: 'terminal' | 'studio';
  /** Show the person the address, or open it. `redirectUri`: the start of the address where the browser ends up. */
  onAddress(address: string, redirectUri: string): void;
  /** A pasted line or browser answer that was unusable, and why. */
  onUseless(text: string): void;
}

type Granted = TokenFile & { readonly access_token: string };

/**
 * Has a person authorize this program in a browser: OAuth 2.0 for desktop apps (RFC 8252) with PKCE (RFC 7636) and a
 * state value that the answer must repeat. Nothing is written.
 *
 * @throws StageError AUTH_REQUIRED: denied, not all scopes granted, no refresh token, too late; UPLOAD_INTERRUPTED: the
 *   sign-in server could not be reached; the signal's reason
 */
export async function signIn(options: SignInOptions): Promise<Granted> {
  const { client, signal, timeoutMs, pasted, teller = 'terminal', onAddress, onUseless } = options;
  signal.throwIfAborted();
  const oauth = await openOAuth(client);
  const { codeVerifier, codeChallenge = '' } = await oauth.generateCodeVerifierAsync();
  const state = randomBytes(32).toString('base64url');
  const { promise, resolve, reject } = Promise.withResolvers<Granted>();
  let taken = false;

  const take = async (query: URLSearchParams): Promise<Reply> => {
    if (!isSame(query.get('state') ?? '', state)) {
      onUseless('The answer does not belong to this sign-in.');
      return useless(`This page does not belong to the sign-in in progress. Begin again in the ${teller}.`);
    }
    if (taken) return useless('This sign-in was answered already.');
    taken = true;
    try {
      const granted = await exchange(oauth, client, query, { codeVerifier, redirectUri: server.redirectUri });
      resolve(granted);
      return {
        status: 200,
        heading: 'Signed in',
        text: `You can close this page; the ${teller} says what happens next.`,
      };
    } catch (error) {
      reject(error);
      return useless(error instanceof StageError ? `${error.message} ${error.action}` : `The ${teller} says why.`);
    }
  };

  const server = await startRedirectServer(take);
  const tooLate = AbortSignal.timeout(timeoutMs);
  const stop = () =>
    reject(signal.aborted ? signal.reason : authRequired('Nobody approved it in the browser in time.'));
  for (const each of [signal, tooLate]) each.addEventListener('abort', stop, { once: true });
  try {
    const address = oauth.generateAuthUrl({
      redirect_uri: server.redirectUri,
      scope: youtubeScope,
      access_type: 'offline',
      // Without it, Google issues a refresh token only at the first sign-in.
      prompt: 'consent',
      state,
      code_challenge: codeChallenge,
      code_challenge_method: 'S256' as CodeChallengeMethod,
    });
    onAddress(address, server.redirectUri);
    if (pasted) takePasted(pasted, take, onUseless).catch(reject);
    return await promise;
  } finally {
    for (const each of [signal, tooLate]) each.removeEventListener('abort', stop);
    await server.close();
  }
}

async function takePasted(
  lines: AsyncIterable<string>,
  take: (query: URLSearchParams) => Promise<Reply>,
  onUseless: (text: string) => void,
): Promise<void> {
  for await (const line of lines) {
    const query = URL.parse(line.trim())?.searchParams;
    if (query?.has('code') || query?.has('error')) await take(query);
    else if (line.trim() !== '') onUseless('That is not the address where the browser ended up.');
  }
}

async function exchange(
  oauth: OAuth2Client,
  client: OAuthClient,
  query: URLSearchParams,
  { codeVerifier, redirectUri }: { codeVerifier: string; redirectUri: string },
): Promise<Granted> {
  const code = query.get('code');
  if (!code) throw authRequired('The sign-in was refused in the browser.');
  const { tokens } = await oauth.getToken({ code, codeVerifier, redirect_uri: redirectUri }).catch((error: unknown) => {
    const reason = deadReason(error);
    throw reason === undefined ? noAnswer() : authRequired(`The sign-in was not accepted (${reason}).`);
  });
  const { refresh_token, access_token, expiry_date, scope } = tokens;
  const scopes = (scope ?? youtubeScope).split(' ');
  if (!isSufficient(scopes)) {
    throw authRequired('Not everything was approved: this program must be able to manage the YouTube account.');
  }
  if (!refresh_token || !access_token) throw authRequired('The sign-in came without a refresh token.');
  return {
    type: 'authorized_user',
    client_id: client.clientId,
    client_secret: client.clientSecret,
    refresh_token,
    token_uri: client.tokenUri,
    scopes,
    created_at: new Date().toISOString(),
    access_token,
    ...(expiry_date ? { expiry_date } : {}),
  };
}

function useless(text: string): Reply {
  return { status: 400, heading: 'Not signed in', text };
}

function isSame(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
