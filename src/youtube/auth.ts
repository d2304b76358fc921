import { readFile, stat } from 'node:fs/promises';
import type { OAuth2Client } from 'google-auth-library';
import { StageError } from '../domain/errors.ts';
import { oauthError } from './oauth-error.ts';

/** Who speaks to YouTube. `refresh`: the last headers were answered with 401. */
export interface YouTubeAuth {
  authorize(options?: { refresh?: boolean }): Promise<Record<string, string>>;
}

/** For the local YouTube, which asks that there be a token but not whose. */
export function localAuth(): YouTubeAuth {
  return { authorize: async () => ({ authorization: 'Bearer local-rehearsal' }) };
}

/**
 * Access tokens from an "authorized_user" file (client_id, client_secret, refresh_token), which must be readable by
 * its owner only. The file is read on first use.
 *
 * @param options.tokenUrl where refresh tokens are exchanged; Google's by default
 * @throws StageError AUTH_REQUIRED (from `authorize`): no usable file, or its refresh token is dead;
 *   UPLOAD_INTERRUPTED: Google could not be reached
 */
export function fileAuth(path: string, options: { tokenUrl?: string } = {}): YouTubeAuth {
  let client: Promise<OAuth2Client> | undefined;
  return {
    async authorize({ refresh = false } = {}) {
      client ??= openClient(path, options.tokenUrl);
      try {
        const opened = await client;
        if (refresh) opened.setCredentials({ ...opened.credentials, expiry_date: 1 });
        const { token } = await opened.getAccessToken();
        if (!token) throw authRequired('Google gave no access token');
        return { authorization: `Bearer ${token}` };
      } catch (error) {
        // A corrected file is read at the next call, without a restart.
        if (error instanceof StageError) client = undefined;
        else throw oauthError(error, () => authRequired('The sign-in to YouTube is no longer valid'));
        throw error;
      }
    },
  };
}

async function openClient(path: string, tokenUrl: string | undefined): Promise<OAuth2Client> {
  const { client_id, client_secret, refresh_token } = await readAuthorizedUser(path);
  const { OAuth2Client } = await import('google-auth-library');
  const client = new OAuth2Client({
    clientId: client_id,
    clientSecret: client_secret,
    ...(tokenUrl ? { endpoints: { oauth2TokenUrl: tokenUrl } } : {}),
  });
  client.setCredentials({ refresh_token });
  return client;
}

interface AuthorizedUser {
  readonly client_id: string;
  readonly client_secret: string;
  readonly refresh_token: string;
}

async function readAuthorizedUser(path: string): Promise<AuthorizedUser> {
  const mode = await stat(path).then(
    (found) => found.mode & 0o777,
    () => undefined,
  );
  if (mode === undefined) throw authRequired(`There is no YouTube token file at ${path}`);
  if ((mode & 0o077) !== 0) {
    throw new StageError('AUTH_REQUIRED', `The YouTube token file ${path} can be read by others`, {
      remedy: 'fix',
      action: `Run: chmod 600 ${path}`,
    });
  }
  const content: unknown = await readFile(path, 'utf8')
    .then(JSON.parse, () => undefined)
    .catch(() => undefined);
  if (!isAuthorizedUser(content)) throw authRequired(`The YouTube token file ${path} is not an "authorized_user" file`);
  return content;
}

function isAuthorizedUser(value: unknown): value is AuthorizedUser {
  if (typeof value !== 'object' || value === null) return false;
  const fields = value as Record<string, unknown>;
  const complete = ['client_id', 'client_secret', 'refresh_token'].every((name) => typeof fields[name] === 'string');
  return complete && (fields.type === undefined || fields.type === 'authorized_user');
}

function authRequired(message: string): StageError {
  return new StageError('AUTH_REQUIRED', message, {
    remedy: 'fix',
    action: 'Put a valid credentials file in place: docs/youtube.md says how.',
  });
}
