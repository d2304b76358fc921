import { existsSync } from 'node:fs';
import { StageError } from '../../domain/errors.ts';
import { authRequired } from './auth-required.ts';
import { readTokenFile } from './token-file.ts';
import type { YouTubeAuth } from './youtube-auth.ts';

/** What can be known about a sign-in without asking Google. */
export type SignInState =
  | { readonly state: 'ready' }
  | { readonly state: 'missing' | 'unusable' | 'refused'; readonly problem: StageError };

/**
 * Reads only the token file: cheap enough to call every few seconds. `refused`: Google has said that the refresh
 * token is dead; a new sign-in makes it `ready` again.
 */
export function signInState(path: string, command?: string): SignInState {
  if (!existsSync(path)) {
    return { state: 'missing', problem: authRequired(`There is no sign-in to YouTube at ${path}.`, command) };
  }
  try {
    const { refused_at } = readTokenFile(path, command);
    if (refused_at === undefined) return { state: 'ready' };
    return { state: 'refused', problem: authRequired('The sign-in to YouTube is no longer valid.', command) };
  } catch (error) {
    if (error instanceof StageError) return { state: 'unusable', problem: error };
    throw error;
  }
}

/**
 * Asks for an access token, from Google when none is at hand; costs no quota.
 * @returns AUTH_REQUIRED when a person must sign in; undefined when it works, or when that cannot be determined now
 */
export async function signInProblem(auth: YouTubeAuth): Promise<StageError | undefined> {
  try {
    await auth.authorize();
    return undefined;
  } catch (error) {
    if (!(error instanceof StageError)) throw error;
    return error.code === 'AUTH_REQUIRED' ? error : undefined;
  }
}
