import { type StatsListener, unwatchFile, watchFile } from 'node:fs';
import { StageError } from '../../domain/errors.ts';
import { readTokenFile } from './token-file.ts';

/**
 * Calls `onSignIn` when the file holds a different usable sign-in than before: somebody signed in, or the one that
 * Google had refused works again. Access tokens coming and going do not count. Checks every `everyMs` milliseconds, and
 * keeps no process alive.
 * @returns the function that stops watching
 */
export function watchSignIn(path: string, onSignIn: () => void, everyMs = 2000): () => void {
  let known = usableToken(path);
  const changed: StatsListener = () => {
    const present = usableToken(path);
    const isNews = present !== undefined && present !== known;
    known = present;
    if (isNews) onSignIn();
  };
  watchFile(path, { interval: everyMs, persistent: false }, changed);
  return () => unwatchFile(path, changed);
}

/** Whether the file holds a sign-in that Google has not refused. */
export const hasUsableSignIn = (path: string): boolean => usableToken(path) !== undefined;

/** The refresh token of a sign-in that was not refused. */
function usableToken(path: string): string | undefined {
  try {
    const { refresh_token, refused_at } = readTokenFile(path);
    return refused_at === undefined ? refresh_token : undefined;
  } catch (error) {
    if (error instanceof StageError) return undefined;
    throw error;
  }
}
