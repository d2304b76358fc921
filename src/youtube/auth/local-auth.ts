import { existsSync } from 'node:fs';
import { type FileAuthOptions, fileAuth } from './file-auth.ts';
import type { YouTubeAuth } from './youtube-auth.ts';

/** For the local YouTube, which asks that there be a token but not whose. */
export function localAuth(): YouTubeAuth {
  return { authorize: async () => ({ authorization: 'Bearer local-rehearsal' }) };
}

/** For the local YouTube: with the rehearsed sign-in, where there is one. */
export function rehearsedAuth(path: string, options: FileAuthOptions): YouTubeAuth {
  const signedIn = fileAuth(path, options);
  const nobody = localAuth();
  return { authorize: (request) => (existsSync(path) ? signedIn : nobody).authorize(request) };
}
