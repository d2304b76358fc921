import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { StageError } from '../../domain/errors.ts';
import { writeFileAtomic } from '../../workspace/atomic-file.ts';
import { authRequired } from './auth-required.ts';
import { isSafeEndpoint } from './endpoint.ts';

/** "authorized_user", as Google's own tools write it, plus what this program adds. */
const tokenFile = z.looseObject({
  type: z.literal('authorized_user').default('authorized_user'),
  client_id: z.string().min(1),
  client_secret: z.string().min(1),
  refresh_token: z.string().min(1),
  token_uri: z.string().refine(isSafeEndpoint).optional(),
  scopes: z.array(z.string()).optional(),
  /** ISO 8601: when a person signed in. */
  created_at: z.string().optional(),
  /** Whose sign-in it is. */
  channel: z.object({ id: z.string(), title: z.string() }).optional(),
  access_token: z.string().optional(),
  /** Milliseconds since the epoch. */
  expiry_date: z.number().optional(),
  /** ISO 8601: when Google said that the refresh token is dead. */
  refused_at: z.string().optional(),
});

export type TokenFile = z.infer<typeof tokenFile>;

/** @throws StageError AUTH_REQUIRED: it is missing, is not such a file, or is readable by others than its owner */
export function readTokenFile(path: string, command?: string): TokenFile {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw authRequired(`There is no sign-in to YouTube at ${path}.`, command);
  if ((found.mode & 0o077) !== 0) {
    throw new StageError('AUTH_REQUIRED', `The sign-in to YouTube at ${path} can be read by other users.`, {
      remedy: 'fix',
      action: `Run: chmod 600 ${path}`,
    });
  }
  const parsed = tokenFile.safeParse(parse(path));
  if (parsed.success) return parsed.data;
  throw authRequired(`${path} is not a sign-in to YouTube (an "authorized_user" file).`, command);
}

/** Written atomically, readable by its owner only. */
export function writeTokenFile(path: string, content: TokenFile): void {
  writeFileAtomic(path, `${JSON.stringify(content, undefined, 2)}\n`, 0o600);
}

function parse(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
