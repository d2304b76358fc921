import assert from 'node:assert/strict';
import { rehearsalClient } from '../../../src/local-youtube/oauth-client.ts';
import type { OAuthClient } from '../../../src/youtube/auth.ts';

/** The client of the local YouTube at this address. */
export const clientOf = (url: string): OAuthClient => ({
  ...rehearsalClient,
  authUri: `${url}o/oauth2/v2/auth`,
  tokenUri: `${url}token`,
});

/** Does what a person does on the consent page. @returns the address that the browser is sent to */
export async function decide(address: string, decision: 'allow' | 'deny' = 'allow'): Promise<string> {
  const page = await (await fetch(address)).text();
  const ticket = /name="ticket" value="([^"]+)"/.exec(page)?.[1] ?? assert.fail(page);
  const answer = await fetch(address, {
    method: 'POST',
    body: new URLSearchParams({ ticket, decision }),
    redirect: 'manual',
  });
  assert.equal(answer.status, 302);
  return answer.headers.get('location') ?? assert.fail('no redirect');
}
