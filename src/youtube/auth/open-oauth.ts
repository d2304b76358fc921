import type { OAuth2Client } from 'google-auth-library';
import type { OAuthClient } from './client-file.ts';
import { revokeEndpoint } from './endpoint.ts';

/** Milliseconds allowed for one answer from the sign-in server. */
const timeoutMs = 30_000;

type Client = Pick<OAuthClient, 'clientId' | 'clientSecret'> & {
  readonly authUri?: string | undefined;
  readonly tokenUri?: string | undefined;
};

/** Google's OAuth client, loaded when needed; uses Google's own endpoints unless others are given. */
export async function openOAuth({ clientId, clientSecret, authUri, tokenUri }: Client): Promise<OAuth2Client> {
  const { OAuth2Client } = await import('google-auth-library');
  return new OAuth2Client({
    clientId,
    clientSecret,
    endpoints: {
      ...(authUri && { oauth2AuthBaseUrl: authUri }),
      ...(tokenUri && { oauth2TokenUrl: tokenUri, oauth2RevokeUrl: revokeEndpoint(tokenUri) }),
    },
    transporterOptions: { timeout: timeoutMs },
  });
}
