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
  // `fs.watchFile` would take a file that is written just after this for the first state that it sees.
  const timer = setInterval(() => {
    const present = usableToken(path);
    const isNews = present !== undefined && present !== known;
    known = present;
    if (isNews) onSignIn();
  }, everyMs).unref();
  return () => clearInterval(timer);
}

/** Whether the file holds a sign-in that Google has not refused. */
export const hasUsableSignIn = (path: string): boolean => usableToken(path) !== undefined;

/** The refresh token of a sign-in that was not refused. */
function usableToken(path: string): string | undefined {
  try {
    const { refresh_token, refused_at } = readTokenFile(path);
    return refused_at === undefined ? refresh_token : undefined;
  } catch (error) {
    // Of a file that cannot be looked at nothing is known, and so there is no news.
    if (error instanceof StageError || (error as NodeJS.ErrnoException).code !== undefined) return undefined;
    throw error;
  }
}
