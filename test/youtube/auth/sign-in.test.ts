import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { inspect } from 'node:util';
import { StageError } from '../../../src/domain/errors.ts';
import type { Fault } from '../../../src/local-youtube/fault.ts';
import { startLocalYouTube } from '../../../src/local-youtube/local-youtube.ts';
import { type SignInOptions, signIn } from '../../../src/youtube/auth.ts';
import { atEnd, temporaryFolder } from '../support.ts';
import { clientOf, decide } from './consent.ts';

/** A sign-in in which `person` says what the person does with the address. */
async function attempt(
  t: TestContext,
  person: (address: string, redirectUri: string) => Promise<unknown>,
  options: { faults?: () => Fault | undefined } & Partial<SignInOptions> = {},
) {
  const { faults, ...changes } = options;
  const server = await startLocalYouTube({
    folder: await temporaryFolder(t),
    faults: (request) => (request.call === 'oauth.token' ? faults?.() : undefined),
  });
  atEnd(t, () => server.close());
  const useless: string[] = [];
  let did: Promise<unknown> = Promise.resolve();
  const result = await signIn({
    client: clientOf(server.url),
    signal: new AbortController().signal,
    timeoutMs: 10_000,
    onAddress: (address, redirectUri) => {
      did = person(address, redirectUri);
    },
    onUseless: (text) => useless.push(text),
    ...changes,
  }).catch((error: unknown) => error);
  return { result, useless, server, page: await did };
}

const visit = async (address: string) => (await fetch(address)).text();
const problem = (result: unknown) => {
  assert.ok(result instanceof StageError, inspect(result));
  assert.doesNotMatch(inspect(result, { depth: 9, showHidden: true }), /client-secret|ya29\.|1\/\/|4\//);
  return result;
};

test('a browser on this machine: the redirect brings the code', async (t) => {
  const { result, page, server } = await attempt(t, async (address) => visit(await decide(address)));
  const { refresh_token, access_token, scopes, token_uri } = result as Record<string, string>;
  assert.match(String(page), /Signed in/);
  assert.deepEqual(scopes, ['https://www.googleapis.com/auth/youtube']);
  assert.equal(token_uri, `${server.url}token`);
  const refreshed = await fetch(`${server.url}token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: refresh_token ?? '',
      client_id: clientOf('').clientId,
      client_secret: clientOf('').clientSecret,
    }),
  });
  assert.equal(refreshed.status, 200);
  assert.match(access_token ?? '', /^ya29\./);
});

test('the address asks for a lasting sign-in, with a fresh state and challenge each time', async (t) => {
  const seen: URL[] = [];
  for (const _ of [1, 2]) {
    await attempt(t, async (address) => {
      seen.push(new URL(address));
      await visit(await decide(address));
    });
  }
  const [first, second] = seen.map(({ searchParams }) => Object.fromEntries(searchParams));
  assert.deepEqual([first?.access_type, first?.prompt, first?.code_challenge_method], ['offline', 'consent', 'S256']);
  assert.match(first?.redirect_uri ?? '', /^http:\/\/127\.0\.0\.1:\d+$/);
  assert.equal(first?.state?.length, 43);
  assert.notEqual(first?.state, second?.state);
  assert.notEqual(first?.code_challenge, second?.code_challenge);
});

test('a browser on another machine: the address where it ended up is pasted, after other things', async (t) => {
  const ended = Promise.withResolvers<string>();
  async function* lines() {
    yield 'y';
    yield '';
    yield 'https://example.org/?code=4/foreign&state=other';
    yield `  ${await ended.promise} `;
  }
  const person = async (address: string) => ended.resolve(await decide(address));
  const { result, useless } = await attempt(t, person, { pasted: lines() });
  assert.equal((result as { type?: string }).type, 'authorized_user');
  assert.equal(useless.length, 2);
});

test('an answer with another state, another host or another path changes nothing', async (t) => {
  const pages: number[] = [];
  const { result, useless } = await attempt(t, async (address, redirectUri) => {
    const right = await decide(address);
    const forged = new URL(right);
    forged.searchParams.set('state', 'x'.repeat(43));
    pages.push((await fetch(forged)).status);
    pages.push((await fetch(`${redirectUri}/?code=4/none`)).status);
    pages.push((await fetch(right.replace('127.0.0.1', 'localhost'))).status);
    pages.push((await fetch(`${redirectUri}/favicon.ico`)).status);
    await visit(right);
  });
  assert.deepEqual(pages, [400, 400, 404, 404]);
  assert.equal((result as { type?: string }).type, 'authorized_user');
  assert.equal(useless.length, 2);
});

test('denied in the browser', async (t) => {
  const { result, page } = await attempt(t, async (address) => visit(await decide(address, 'deny')));
  assert.equal(problem(result).code, 'AUTH_REQUIRED');
  assert.match(String(page), /Not signed in/);
});

test('a token endpoint that refuses, and one that cannot be reached', async (t) => {
  const visitor = async (address: string) => visit(await decide(address));
  const refused = await attempt(t, visitor, { faults: () => ({ kind: 'answer', reason: 'invalid_grant' }) });
  assert.equal(problem(refused.result).code, 'AUTH_REQUIRED');
  const cut = await attempt(t, visitor, { faults: () => ({ kind: 'answer', status: 400, reason: 'odd' }) });
  assert.deepEqual([problem(cut.result).code, problem(cut.result).remedy], ['UPLOAD_INTERRUPTED', 'retry']);
});

test('too few scopes granted', async (t) => {
  const { result } = await attempt(t, async (address) => {
    const less = new URL(address);
    less.searchParams.set('scope', 'https://www.googleapis.com/auth/youtube.upload');
    await visit(await decide(less.href));
  });
  assert.equal(problem(result).code, 'AUTH_REQUIRED');
  assert.match(problem(result).message, /Not everything was approved/);
});

test('nobody comes; Ctrl-C', async (t) => {
  const late = await attempt(t, async () => undefined, { timeoutMs: 50 });
  assert.match(problem(late.result).message, /in time/);
  const stopped = new AbortController();
  const reason = new Error('stopped');
  const { result } = await attempt(t, async () => stopped.abort(reason), { signal: stopped.signal });
  assert.equal(result, reason);
});
