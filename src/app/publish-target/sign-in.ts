import path from 'node:path';
import { oauthPaths, rehearsalClient } from '../../local-youtube/oauth-client.ts';
import { fileAuth, type OAuthClient, readClient, rehearsedAuth, type YouTubeAuth } from '../../youtube/auth.ts';
import type { Config } from '../config.ts';
import { rootOf } from './addresses.ts';

/** Where a person signs in, and where the sign-in is kept. */
export interface SignInPlace {
  /** Root of the API. */
  readonly rootUrl: string;
  readonly file: string;
  /** The command that signs in. */
  readonly command: string;
  /** Where tokens are exchanged; if absent, the client or the token file says so. */
  readonly tokenUrl?: string;
  client(): Promise<OAuthClient>;
}

/** At Google or, for a rehearsal, at the local YouTube. */
export function signInPlace(config: Config, rehearse: boolean, localUrl = rootOf(config, 'local')): SignInPlace {
  return rehearse ? rehearsal(config, localUrl) : real(config);
}

/** The authorization for a publish target. The local YouTube requires no sign-in. */
export function publishAuth(config: Config, target = config.PUBLISH_TARGET, localUrl?: string): YouTubeAuth {
  const rehearse = target === 'local';
  const { file, ...options } = signInPlace(config, rehearse, localUrl);
  return rehearse ? rehearsedAuth(file, options) : fileAuth(file, options);
}

function real(config: Config): SignInPlace {
  return {
    rootUrl: rootOf(config, 'youtube'),
    file: config.YOUTUBE_CREDENTIALS,
    command: 'npx badminton auth',
    client: () => readClient(config.YOUTUBE_CLIENT),
  };
}

function rehearsal(config: Config, rootUrl: string): SignInPlace {
  const at = (place: string) => new URL(place, rootUrl).href;
  const tokenUri = at(oauthPaths.token);
  return {
    rootUrl,
    file: path.join(config.DATA_DIR, 'local-youtube', 'sign-in.json'),
    command: 'npx badminton auth --rehearse',
    tokenUrl: tokenUri,
    client: async () => ({ ...rehearsalClient, authUri: at(oauthPaths.consent), tokenUri }),
  };
}
