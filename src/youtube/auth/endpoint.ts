/** Whether secrets may be sent there: encrypted, or not leaving this machine. */
export function isSafeEndpoint(address: string): boolean {
  const url = URL.parse(address);
  if (url?.protocol === 'https:') return true;
  return url?.protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
}

/** Where tokens from a token endpoint are revoked: next to it, as at Google (oauth2.googleapis.com/revoke). */
export function revokeEndpoint(tokenUri: string): string {
  return new URL('/revoke', tokenUri).href;
}
