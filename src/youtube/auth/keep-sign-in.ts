import { rmSync } from 'node:fs';
import { StageError } from '../../domain/errors.ts';
import { deadReason } from './exchange-error.ts';
import type { FileAuthOptions } from './file-auth.ts';
import { openOAuth } from './open-oauth.ts';
import { readTokenFile, type TokenFile, writeTokenFile } from './token-file.ts';
import { withTokenLock } from './token-lock.ts';

/** Replaces the previous sign-in with a new one, effective immediately for every process. */
export function saveSignIn(path: string, granted: TokenFile): Promise<void> {
  return withTokenLock(path, async () => writeTokenFile(path, granted));
}

/**
 * Revokes a sign-in, at Google and here.
 * @returns whether it was still valid
 * @throws StageError AUTH_REQUIRED: there is none; UPLOAD_INTERRUPTED: Google could not be reached, and nothing changed
 */
export function revokeSignIn(path: string, options: FileAuthOptions = {}): Promise<boolean> {
  return withTokenLock(path, async () => {
    const file = readTokenFile(path, options.command);
    const tokenUri = options.tokenUrl ?? file.token_uri;
    const client = await openOAuth({ clientId: file.client_id, clientSecret: file.client_secret, tokenUri });
    let alive = true;
    try {
      await client.revokeToken(file.refresh_token);
    } catch (error) {
      if (!isDeadAlready(error)) throw unreachable();
      alive = false;
    }
    rmSync(path);
    return alive;
  });
}

/** RFC 7009 has no such error; Google says `invalid_token` for a token it no longer knows. */
function isDeadAlready(error: unknown): boolean {
  const data = (error as { response?: { data?: { error?: unknown } } }).response?.data;
  return data?.error === 'invalid_token' || deadReason(error) !== undefined;
}

function unreachable(): StageError {
  return new StageError('UPLOAD_INTERRUPTED', 'Google could not be reached, so the sign-in was not revoked.', {
    remedy: 'retry',
    action: 'Try again, or remove this program at https://myaccount.google.com/connections and delete the file.',
  });
}
