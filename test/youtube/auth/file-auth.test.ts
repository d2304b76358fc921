import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { inspect } from 'node:util';
import { StageError } from '../../../src/domain/errors.ts';
import {
  fileAuth,
  localAuth,
  rehearsedAuth,
  revokeSignIn,
  saveSignIn,
  signInProblem,
  signInState,
  watchSignIn,
} from '../../../src/youtube/auth.ts';
import { atEnd, temporaryFolder } from '../support.ts';

const user = {
  type: 'authorized_user',
  client_id: 'id',
  client_secret: 'CLIENT-SECRET',
  refresh_token: 'REFRESH-SECRET',
};

async function tokenFile(t: TestContext, content: unknown = user, mode = 0o600): Promise<string> {
  const file = path.join(await temporaryFolder(t), 'token.json');
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  await chmod(file, mode);
  return file;
}

/** A token endpoint (RFC 6749, 6); counts the tokens it issued. */
async function tokenServer(t: TestContext, refuse?: { status: number; body: object }) {
  const seen: URLSearchParams[] = [];
  const server = http.createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    seen.push(new URLSearchParams(body));
    const answer = { access_token: `token-${seen.length}`, expires_in: 3600, token_type: 'Bearer' };
    response.writeHead(refuse?.status ?? 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(refuse?.body ?? answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  atEnd(t, () => server.closeAllConnections());
  atEnd(t, () => server.close());
  return { seen, tokenUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/token` };
}

async function failure(promise: Promise<unknown>): Promise<StageError> {
  const error = await promise.catch((thrown: unknown) => thrown);
  assert.ok(error instanceof StageError, inspect(error));
  assert.doesNotMatch(inspect(error, { depth: 10, showHidden: true }), /SECRET/);
  return error;
}

test('a token is fetched once, and again after it was refused', async (t) => {
  const { seen, tokenUrl } = await tokenServer(t);
  const auth = fileAuth(await tokenFile(t), { tokenUrl });
  assert.deepEqual(await auth.authorize(), { authorization: 'Bearer token-1' });
  assert.deepEqual(await auth.authorize({ refresh: false }), { authorization: 'Bearer token-1' });
  assert.deepEqual(await auth.authorize({ refresh: true }), { authorization: 'Bearer token-2' });
  assert.deepEqual(Object.fromEntries(seen[1] ?? []), {
    grant_type: 'refresh_token',
    client_id: 'id',
    client_secret: 'CLIENT-SECRET',
    refresh_token: 'REFRESH-SECRET',
  });
});

test('the token is kept in the file until shortly before it expires', async (t) => {
  const { seen, tokenUrl } = await tokenServer(t);
  const file = await tokenFile(t);
  await fileAuth(file, { tokenUrl }).authorize();
  assert.deepEqual(await fileAuth(file, { tokenUrl }).authorize(), { authorization: 'Bearer token-1' });
  const kept = JSON.parse(await readFile(file, 'utf8'));
  const almostOver = { ...kept, expiry_date: Date.now() + 30_000 };
  await saveSignIn(file, almostOver);
  assert.deepEqual(await fileAuth(file, { tokenUrl }).authorize(), { authorization: 'Bearer token-2' });
  assert.equal(seen.length, 2);
});

test('a dead refresh token is noticed without asking, until there is a new one', async (t) => {
  const dead = await tokenServer(t, { status: 400, body: { error: 'invalid_grant' } });
  const alive = await tokenServer(t);
  const file = await tokenFile(t);
  const auth = fileAuth(file, dead);
  assert.deepEqual(signInState(file), { state: 'ready' });
  assert.equal((await signInProblem(auth))?.code, 'AUTH_REQUIRED');
  assert.equal(signInState(file).state, 'refused');
  await saveSignIn(file, { ...user, type: 'authorized_user', refresh_token: 'NEW-SECRET' });
  assert.equal(signInState(file).state, 'ready');
  assert.equal(await signInProblem(fileAuth(file, alive)), undefined);
  assert.equal(signInState('/nowhere/token.json').state, 'missing');
  assert.equal(signInState(await tokenFile(t, user, 0o640)).state, 'unusable');
});

test('a watcher hears about a new sign-in and nothing else', async (t) => {
  const dead = await tokenServer(t, { status: 400, body: { error: 'invalid_grant' } });
  const alive = await tokenServer(t);
  const file = await tokenFile(t);
  let heard = 0;
  const stop = watchSignIn(file, () => (heard += 1), 10);
  atEnd(t, stop);
  const pause = () => new Promise((resolve) => setTimeout(resolve, 100));
  await pause();
  await fileAuth(file, alive).authorize();
  await pause();
  assert.equal(heard, 0, 'a refreshed access token');
  const refused = fileAuth(file, dead);
  await refused.authorize();
  for (const _ of [1, 2]) await failure(refused.authorize({ refresh: true }));
  await pause();
  assert.deepEqual([signInState(file).state, heard], ['refused', 0]);
  await saveSignIn(file, { ...user, type: 'authorized_user', refresh_token: 'NEW-SECRET' });
  await pause();
  assert.equal(heard, 1);
});

test('a refused sign-in that works again counts as ready', async (t) => {
  const { tokenUrl } = await tokenServer(t);
  const file = await tokenFile(t, { ...user, refused_at: '2026-01-01T00:00:00Z' });
  assert.equal(signInState(file).state, 'refused');
  await fileAuth(file, { tokenUrl }).authorize();
  assert.equal(signInState(file).state, 'ready');
});

test('whether it works cannot be determined: no problem is reported', async (t) => {
  assert.equal(await signInProblem(fileAuth(await tokenFile(t), { tokenUrl: 'http://127.0.0.1:1/token' })), undefined);
});

test('revoking: at the server and here; a dead sign-in is only deleted', async (t) => {
  const file = await tokenFile(t);
  const { seen, tokenUrl } = await tokenServer(t);
  assert.equal(await revokeSignIn(file, { tokenUrl }), true);
  assert.deepEqual([seen.length, existsSync(file)], [1, false]);
  assert.equal((await failure(revokeSignIn(file, { tokenUrl }))).code, 'AUTH_REQUIRED');
  const dead = await tokenServer(t, { status: 400, body: { error: 'invalid_token' } });
  const other = await tokenFile(t);
  assert.equal(await revokeSignIn(other, dead), false);
  assert.equal(existsSync(other), false);
  const kept = await tokenFile(t);
  assert.equal((await failure(revokeSignIn(kept, { tokenUrl: 'http://127.0.0.1:1/token' }))).remedy, 'retry');
  assert.equal(existsSync(kept), true);
});

test('a rehearsal uses a sign-in only if there is one', async (t) => {
  const { tokenUrl } = await tokenServer(t);
  const file = await tokenFile(t);
  assert.deepEqual(await rehearsedAuth(file, { tokenUrl }).authorize(), { authorization: 'Bearer token-1' });
  assert.match((await rehearsedAuth('/nowhere/x', {}).authorize()).authorization ?? '', /^Bearer local/);
});

test('a dead refresh token asks for a sign-in', async (t) => {
  const { tokenUrl } = await tokenServer(t, {
    status: 400,
    body: { error: 'invalid_grant', error_description: 'Expired' },
  });
  const error = await failure(fileAuth(await tokenFile(t), { tokenUrl }).authorize());
  assert.deepEqual([error.code, error.remedy], ['AUTH_REQUIRED', 'fix']);
  assert.match(error.action, /npx badminton auth/);
});

test('an unreachable token endpoint is retried', async (t) => {
  const error = await failure(fileAuth(await tokenFile(t), { tokenUrl: 'http://127.0.0.1:1/token' }).authorize());
  assert.deepEqual([error.code, error.remedy], ['UPLOAD_INTERRUPTED', 'retry']);
});

test('a token file that others can read is refused, and used as soon as it is private', async (t) => {
  const { tokenUrl } = await tokenServer(t);
  const file = await tokenFile(t, user, 0o644);
  const auth = fileAuth(file, { tokenUrl });
  const error = await failure(auth.authorize());
  assert.equal(error.code, 'AUTH_REQUIRED');
  assert.match(error.action, /chmod 600/);
  await chmod(file, 0o600);
  assert.deepEqual(await auth.authorize(), { authorization: 'Bearer token-1' });
});

test('a file that cannot be locked or written, such as a mounted secret, still signs in, and asks once', async (t) => {
  const { seen, tokenUrl } = await tokenServer(t);
  const file = await tokenFile(t);
  // Root writes into read-only folders too; a folder in place of the lock keeps everybody out.
  await mkdir(`${file}.lock`);
  const auth = fileAuth(file, { tokenUrl });
  assert.deepEqual(await auth.authorize(), { authorization: 'Bearer token-1' });
  await writeFile(file, JSON.stringify(user));
  assert.deepEqual(await auth.authorize(), { authorization: 'Bearer token-1' });
  assert.equal(seen.length, 1);
});

test('a missing, broken or unrelated file asks for a sign-in', async (t) => {
  const files = [
    '/nowhere/token.json',
    await tokenFile(t, 'not json'),
    await tokenFile(t, { ...user, refresh_token: undefined }),
    await tokenFile(t, { ...user, type: 'service_account' }),
  ];
  for (const file of files) assert.equal((await failure(fileAuth(file).authorize())).code, 'AUTH_REQUIRED');
});

test('the local YouTube needs no account', async () => {
  assert.match((await localAuth().authorize()).authorization ?? '', /^Bearer \S+$/);
});
