import { existsSync } from 'node:fs';
import { type FileAuthOptions, fileAuth } from './file-auth.ts';
import type { YouTubeAuth } from './youtube-auth.ts';

/** For the local YouTube, which requires a token but does not care whose. */
export function localAuth(): YouTubeAuth {
  return { authorize: async () => ({ authorization: 'Bearer local-rehearsal' }) };
}

/** For the local YouTube: with the rehearsal sign-in, if there is one. */
export function rehearsedAuth(path: string, options: FileAuthOptions): YouTubeAuth {
  const signedIn = fileAuth(path, options);
  const nobody = localAuth();
  return { authorize: (request) => (existsSync(path) ? signedIn : nobody).authorize(request) };
}
