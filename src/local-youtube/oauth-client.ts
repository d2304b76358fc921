/** The client that the local YouTube knows: deliberately public, since it opens nothing but a rehearsal. */
export const rehearsalClient = {
  clientId: 'rehearsal.apps.googleusercontent.com',
  clientSecret: 'rehearsal-client-secret',
} as const;

/** Paths as at Google's accounts.google.com and oauth2.googleapis.com. */
export const oauthPaths = { consent: '/o/oauth2/v2/auth', token: '/token', revoke: '/revoke' } as const;
