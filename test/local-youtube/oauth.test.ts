import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import type { LocalYouTubeOptions } from '../../src/local-youtube/local-youtube.ts';
import { rehearsalClient } from '../../src/local-youtube/oauth-client.ts';
import { decide } from '../youtube/auth/consent.ts';
import { refusal, startClient } from './client.ts';

const redirectUri = 'http://127.0.0.1:40404';
const verifier = 'a'.repeat(64);
const secret = { client_id: rehearsalClient.clientId, client_secret: rehearsalClient.clientSecret };
const scope = 'https://www.googleapis.com/auth/youtube';

async function start(t: TestContext, options: Partial<LocalYouTubeOptions> = {}) {
  const client = await startClient(t, options);
  const { url } = client.server;
  const consentAddress = (changes: Record<string, string> = {}) =>
    `${url}o/oauth2/v2/auth?${new URLSearchParams({
      client_id: rehearsalClient.clientId,
      redirect_uri: redirectUri,
      response_type: 'code',
      scope,
      state: 'the state',
      access_type: 'offline',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...changes,
    })}`;
  const token = async (fields: Record<string, string>) => {
    const answer = await fetch(`${url}token`, { method: 'POST', body: new URLSearchParams({ ...secret, ...fields }) });
    return { status: answer.status, body: (await answer.json()) as Record<string, string> };
  };
  const code = async (changes?: Record<string, string>) =>
    new URL(await decide(consentAddress(changes))).searchParams.get('code') ?? '';
  const exchange = async (changes: Record<string, string> = {}) =>
    token({
      grant_type: 'authorization_code',
      code: changes.code ?? (await code()),
      code_verifier: verifier,
      redirect_uri: redirectUri,
      ...changes,
    });
  const refresh = (refresh_token: string) => token({ grant_type: 'refresh_token', refresh_token });
  const ask = (accessToken: string) =>
    client.api.channels.list(
      { mine: true, part: ['id'] },
      { ...client.at, headers: { authorization: `Bearer ${accessToken}` } },
    );
  return { ...client, url, consentAddress, token, code, exchange, refresh, ask };
}

test('a code is exchanged for tokens that work; refreshing issues no new refresh token', async (t) => {
  const { exchange, refresh, ask, consentAddress } = await start(t);
  const answer = new URL(await decide(consentAddress()));
  assert.deepEqual([answer.origin, answer.searchParams.get('state')], [redirectUri, 'the state']);
  const { body } = await exchange({ code: answer.searchParams.get('code') ?? '' });
  assert.equal(body.scope, scope);
  await ask(body.access_token ?? '');
  const again = await refresh(body.refresh_token ?? '');
  assert.equal(again.body.refresh_token, undefined);
  assert.notEqual(again.body.access_token, body.access_token);
  await ask(again.body.access_token ?? '');
});

test('only the verifier, the address and the client that asked get the tokens, and once', async (t) => {
  const { exchange, code } = await start(t);
  const refused = async (changes: Record<string, string>) => {
    const { status, body } = await exchange(changes);
    return [status, body.error];
  };
  assert.deepEqual(await refused({ code_verifier: 'b'.repeat(64) }), [400, 'invalid_grant']);
  assert.deepEqual(await refused({ redirect_uri: 'http://127.0.0.1:1' }), [400, 'redirect_uri_mismatch']);
  assert.deepEqual(await refused({ client_secret: 'other' }), [401, 'invalid_client']);
  assert.deepEqual(await refused({ grant_type: 'password' }), [400, 'unsupported_grant_type']);
  const used = await code();
  assert.equal((await exchange({ code: used })).status, 200);
  assert.deepEqual(await refused({ code: used }), [400, 'invalid_grant']);
});

test('the consent page refuses what Google refuses, and then redirects nobody', async (t) => {
  const { consentAddress } = await start(t);
  const wrong = [
    { client_id: 'other' },
    { redirect_uri: 'https://example.org/' },
    { redirect_uri: 'http://192.168.0.1:80/' },
    { response_type: 'token' },
    { scope: '' },
    { scope: 'https://www.googleapis.com/auth/everything' },
    { code_challenge_method: 'plain' },
    { code_challenge: 'short' },
  ];
  for (const changes of wrong) {
    const answer = await fetch(consentAddress(changes), { redirect: 'manual' });
    assert.equal(answer.status, 400, JSON.stringify(changes));
  }
  const denied = new URL(await decide(consentAddress(), 'deny'));
  assert.deepEqual([denied.searchParams.get('error'), denied.searchParams.get('code')], ['access_denied', null]);
});

test("access tokens expire, and sign-ins may, by the server's clock; both survive a restart", async (t) => {
  let now = Date.parse('2026-11-23T12:00:00Z');
  const { exchange, restart, server } = await start(t, { now: () => now, accessTokenMs: 60_000, signInMs: 120_000 });
  const { body } = await exchange();
  await server.close();
  const again = await start(t, { folder: (await restart()).folder, now: () => now, accessTokenMs: 60_000 });
  await again.ask(body.access_token ?? '');
  now += 60_000;
  assert.deepEqual(await refusal(again.ask(body.access_token ?? '')), [401, 'authError', 'global']);
  const fresh = await again.refresh(body.refresh_token ?? '');
  await again.ask(fresh.body.access_token ?? '');
  now += 60_000;
  const { status, body: dead } = await again.refresh(body.refresh_token ?? '');
  assert.deepEqual([status, dead.error], [400, 'invalid_grant']);
});

test('revoking either token ends the sign-in', async (t) => {
  const { exchange, refresh, ask, url } = await start(t);
  for (const which of ['access_token', 'refresh_token']) {
    const { body } = await exchange();
    const revoke = () =>
      fetch(`${url}revoke`, { method: 'POST', body: new URLSearchParams({ token: body[which] ?? '' }) });
    assert.equal((await revoke()).status, 200);
    assert.equal((await refusal(ask(body.access_token ?? '')))[0], 401);
    assert.equal((await refresh(body.refresh_token ?? '')).body.error, 'invalid_grant');
    assert.equal((await revoke()).status, 400);
  }
});

test('a sign-in allows what its scopes allow', async (t) => {
  const { exchange, code, api, at, url } = await start(t);
  const uploadOnly = `${scope}.upload`;
  const { body } = await exchange({ code: await code({ scope: uploadOnly }) });
  const with_ = { ...at, headers: { authorization: `Bearer ${body.access_token}` } };
  const lacking = [403, 'insufficientPermissions', 'global'];
  assert.deepEqual(await refusal(api.videos.update({ part: ['id'], requestBody: {} }, with_)), lacking);
  assert.deepEqual(await refusal(api.channels.list({ mine: true, part: ['id'] }, with_)), lacking);
  const started = await fetch(`${url}upload/youtube/v3/videos?uploadType=resumable&part=snippet`, {
    method: 'POST',
    headers: { ...with_.headers, 'content-type': 'application/json', 'x-upload-content-type': 'video/mp4' },
    body: JSON.stringify({ snippet: { title: 'Allowed' } }),
  });
  assert.equal(started.status, 200);
});
