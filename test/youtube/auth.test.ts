import assert from 'node:assert/strict';
import { chmod, writeFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { inspect } from 'node:util';
import { StageError } from '../../src/domain/errors.ts';
import { fileAuth, localAuth } from '../../src/youtube/auth.ts';
import { atEnd, temporaryFolder } from './support.ts';

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

/** A token endpoint (RFC 6749, 6); counts the tokens it gave. */
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

test('a token is fetched once, and again when it was refused', async (t) => {
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

test('a dead refresh token asks for a sign-in', async (t) => {
  const { tokenUrl } = await tokenServer(t, {
    status: 400,
    body: { error: 'invalid_grant', error_description: 'Expired' },
  });
  const error = await failure(fileAuth(await tokenFile(t), { tokenUrl }).authorize());
  assert.deepEqual([error.code, error.remedy], ['AUTH_REQUIRED', 'fix']);
  assert.match(error.action, /docs\/youtube\.md/);
});

test('a token endpoint out of reach is tried again', async (t) => {
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

test('a missing, broken or other file asks for a sign-in', async (t) => {
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
