import { StageError } from '../../domain/errors.ts';
import { authRequired } from './auth-required.ts';
import { deadReason, noAnswer } from './exchange-error.ts';
import { openOAuth } from './open-oauth.ts';
import { readTokenFile, type TokenFile, writeTokenFile } from './token-file.ts';
import { withTokenLock } from './token-lock.ts';
import type { YouTubeAuth } from './youtube-auth.ts';

/** A token that expires sooner than this is not used: milliseconds. */
const marginMs = 60_000;

export interface FileAuthOptions {
  /** Where refresh tokens are exchanged; defaults to what the file says, else Google's endpoint. */
  readonly tokenUrl?: string;
  /** The command that signs in; a rehearsal has a different one. */
  readonly command?: string;
}

interface Access {
  readonly refreshToken: string;
  readonly token: string;
  readonly expiresAt: number;
}

/**
 * Access tokens from a token file, which must be readable by its owner only. They are kept in the file, and refreshed
 * under a lock, so that several processes share them. The file is checked every time, so a new sign-in needs no
 * restart.
 *
 * @throws StageError AUTH_REQUIRED (from `authorize`): no usable file, or its refresh token is dead;
 *   UPLOAD_INTERRUPTED: Google could not be reached
 */
export function fileAuth(path: string, { tokenUrl, command }: FileAuthOptions = {}): YouTubeAuth {
  // If the file cannot be written, at least this process does not ask every time.
  let own: Access | undefined;
  let handedOut: string | undefined;

  const known = (file: TokenFile, refused: string | undefined): string | undefined =>
    [accessOf(file), own].find(
      (access) =>
        access?.refreshToken === file.refresh_token &&
        access.token !== refused &&
        access.expiresAt - Date.now() > marginMs,
    )?.token;

  const refresh = (refused: string | undefined) =>
    withTokenLock(path, async () => {
      const file = readTokenFile(path, command);
      const present = known(file, refused);
      if (present !== undefined) return present;
      const fresh = await exchange(file).catch((error: unknown) => {
        const reason = deadReason(error);
        if (reason === undefined) throw error instanceof StageError ? error : noAnswer();
        if (file.refused_at === undefined) keep(path, { ...file, refused_at: new Date().toISOString() });
        throw authRequired(`The sign-in to YouTube is no longer valid (${reason}).`, command);
      });
      own = fresh;
      const { refused_at: _, ...rest } = file;
      keep(path, { ...rest, access_token: fresh.token, expiry_date: fresh.expiresAt });
      return fresh.token;
    });

  const exchange = async (file: TokenFile): Promise<Access> => {
    const tokenUri = tokenUrl ?? file.token_uri;
    const client = await openOAuth({ clientId: file.client_id, clientSecret: file.client_secret, tokenUri });
    client.setCredentials({ refresh_token: file.refresh_token });
    const { credentials } = await client.refreshAccessToken();
    if (!credentials.access_token) throw noAnswer();
    return {
      refreshToken: file.refresh_token,
      token: credentials.access_token,
      expiresAt: credentials.expiry_date ?? 0,
    };
  };

  return {
    async authorize({ refresh: wasRefused = false } = {}) {
      const refused = wasRefused ? handedOut : undefined;
      handedOut = known(readTokenFile(path, command), refused) ?? (await refresh(refused));
      return { authorization: `Bearer ${handedOut}` };
    },
  };
}

function accessOf({ refresh_token, access_token, expiry_date }: TokenFile): Access | undefined {
  if (access_token === undefined || expiry_date === undefined) return undefined;
  return { refreshToken: refresh_token, token: access_token, expiresAt: expiry_date };
}

/** A file that cannot be written, such as a mounted secret, still signs in. */
function keep(path: string, content: TokenFile): void {
  try {
    writeTokenFile(path, content);
  } catch {
    // The token is still valid; the next process asks for its own.
  }
}
