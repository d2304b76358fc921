import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { StageError } from '../../../src/domain/errors.ts';
import { readClient } from '../../../src/youtube/auth.ts';
import { temporaryFolder } from '../support.ts';

const installed = { client_id: 'id', client_secret: 'THE-SECRET' };

async function clientFile(t: TestContext, content: unknown): Promise<string> {
  const file = path.join(await temporaryFolder(t), 'client.json');
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

test("the file of a Desktop app, with its own endpoints or Google's", async (t) => {
  const google = await readClient(await clientFile(t, { installed }));
  assert.deepEqual(google, {
    clientId: 'id',
    clientSecret: 'THE-SECRET',
    authUri: 'https://accounts.google.com/o/oauth2/v2/auth',
    tokenUri: 'https://oauth2.googleapis.com/token',
  });
  const own = { ...installed, auth_uri: 'http://localhost:1/a', token_uri: 'http://127.0.0.1:1/token' };
  assert.equal((await readClient(await clientFile(t, { installed: own }))).tokenUri, 'http://127.0.0.1:1/token');
});

const wrong: [string, unknown, RegExp][] = [
  ['a web client', { web: installed }, /Web application/],
  ['a service account', { type: 'service_account', private_key: 'THE-SECRET' }, /service account/],
  ['a sign-in', { type: 'authorized_user', ...installed, refresh_token: 'THE-SECRET' }, /a sign-in, not a client/],
  ['an incomplete client', { installed: { client_id: 'id' } }, /not complete/],
  ['secrets sent in the clear', { installed: { ...installed, token_uri: 'http://example.org/' } }, /not complete/],
  ['something else', ['THE-SECRET'], /is not the client/],
  ['a property list', '<?xml version="1.0"?><plist>THE-SECRET</plist>', /not JSON/],
];
for (const [what, content, message] of wrong) {
  test(`${what} is named as what it is`, async (t) => {
    const error = await readClient(await clientFile(t, content)).catch((thrown: unknown) => thrown);
    assert.ok(error instanceof StageError);
    assert.match(error.message, message);
    assert.match(error.action, /Desktop app/);
    assert.doesNotMatch(error.message + error.action, /THE-SECRET/);
  });
}

test('no file: says where it is expected', async () => {
  await assert.rejects(readClient('/nowhere/client.json'), /no OAuth client at \/nowhere\/client\.json/);
});
