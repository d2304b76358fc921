import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { readJson, writeJson } from './json-file.ts';

/** What a person allowed a program to do; ends when revoked or expired. */
export interface Grant {
  readonly refreshToken: string;
  readonly scopes: readonly string[];
  /** Milliseconds since the epoch. */
  readonly expiresAt?: number | undefined;
}

interface AccessToken {
  readonly token: string;
  readonly refreshToken: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

interface Stored {
  readonly grants: readonly Grant[];
  readonly accessTokens: readonly AccessToken[];
}

/** Refresh and access tokens that were issued, on disk. */
export interface Grants {
  give(scopes: readonly string[], lifeMs: number | undefined): Promise<Grant>;
  /** @returns undefined if it was never issued, was revoked or has expired */
  find(refreshToken: string): Grant | undefined;
  /** Another access token for the grant. */
  access(grant: Grant, lifeMs: number): Promise<string>;
  /** The grant of a valid access token. */
  ofAccessToken(token: string): Grant | undefined;
  /** Ends the grant of a refresh or an access token. @returns whether there was one */
  revoke(token: string): Promise<boolean>;
}

/** Tokens begin like Google's. */
export const accessTokenPrefix = 'ya29.';

export async function openGrants(folder: string, now: () => number): Promise<Grants> {
  const file = path.join(folder, 'oauth.json');
  let { grants, accessTokens }: Stored = (await readJson<Stored>(file)) ?? { grants: [], accessTokens: [] };
  let written = Promise.resolve();
  const save = () => {
    accessTokens = accessTokens.filter(({ expiresAt }) => expiresAt > now());
    const stored = { grants, accessTokens };
    const writing = written.then(() => writeJson(file, stored, { mode: 0o600 }));
    written = writing.catch(() => undefined);
    return writing;
  };
  const find = (refreshToken: string) =>
    grants.find(
      (grant) => grant.refreshToken === refreshToken && (grant.expiresAt ?? Number.POSITIVE_INFINITY) > now(),
    );

  return {
    find,
    async give(scopes, lifeMs) {
      const refreshToken = `1//${randomBytes(48).toString('base64url')}`;
      const grant = { refreshToken, scopes, ...(lifeMs !== undefined && { expiresAt: now() + lifeMs }) };
      grants = [...grants, grant];
      await save();
      return grant;
    },
    async access({ refreshToken }, lifeMs) {
      const token = `${accessTokenPrefix}${randomBytes(64).toString('base64url')}`;
      accessTokens = [...accessTokens, { token, refreshToken, expiresAt: now() + lifeMs }];
      await save();
      return token;
    },
    ofAccessToken(token) {
      const known = accessTokens.find((each) => each.token === token && each.expiresAt > now());
      return known && find(known.refreshToken);
    },
    async revoke(token) {
      const refreshToken = accessTokens.find((each) => each.token === token)?.refreshToken ?? token;
      const left = grants.filter((grant) => grant.refreshToken !== refreshToken);
      const found = left.length < grants.length;
      grants = left;
      accessTokens = accessTokens.filter((each) => each.refreshToken !== refreshToken);
      if (found) await save();
      return found;
    },
  };
}
