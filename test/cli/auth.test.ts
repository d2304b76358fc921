import assert from 'node:assert/strict';
import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { startLocalYouTube } from '../../src/local-youtube/local-youtube.ts';
import { rehearsalClient } from '../../src/local-youtube/oauth-client.ts';
import { atEnd, temporaryFolder } from '../support/clean-up.ts';
import { runProgram, startProgram } from '../support/program.ts';
import { decide } from '../youtube/auth/consent.ts';

/** The program with a local YouTube in place of Google: the client file says where to sign in. */
async function setUp(t: TestContext) {
  const folder = await temporaryFolder(t);
  const server = await startLocalYouTube({ folder: path.join(folder, 'data', 'local-youtube') });
  atEnd(t, () => server.close());
  const clientFile = path.join(folder, 'client.json');
  const endpoints = { auth_uri: `${server.url}o/oauth2/v2/auth`, token_uri: `${server.url}token` };
  const { clientId: client_id, clientSecret: client_secret } = rehearsalClient;
  await writeFile(clientFile, JSON.stringify({ installed: { client_id, client_secret, ...endpoints } }));
  const settings = {
    BADMINTON_DATA_DIR: path.join(folder, 'data'),
    BADMINTON_PUBLISH_TARGET: 'youtube',
    BADMINTON_YOUTUBE_URL: server.url,
    BADMINTON_YOUTUBE_CLIENT: clientFile,
    TEMPORAL_ADDRESS: '',
  };
  const tokenFile = path.join(folder, 'data', 'youtube-credentials.json');
  return { server, settings, tokenFile, run: (...args: string[]) => runProgram(args, settings) };
}

async function signIn(args: string[], settings: Record<string, string>) {
  const program = startProgram(['auth', '--no-open', ...args], settings);
  const printed = await program.printed(/^http\S+$/m);
  await fetch(await decide(/^http\S+$/m.exec(printed)?.[0] ?? ''));
  return program.ended;
}

test('sign in, check, lose the sign-in, sign in again, revoke it', async (t) => {
  const { settings, tokenFile, run } = await setUp(t);
  const none = await run('auth', 'status');
  assert.equal(none.code, 1);
  assert.match(none.stdout, /no: There is no sign-in/);

  const first = await signIn(['--json'], settings);
  assert.equal(first.code, 0, first.stderr);
  assert.equal(JSON.parse(first.stdout).channel.title, 'Rehearsal channel');
  assert.equal((await stat(tokenFile)).mode & 0o777, 0o600);

  const status = await run('auth', 'status', '--json');
  const { works, channel, scopes, signedInAt } = JSON.parse(status.stdout);
  assert.deepEqual(
    [status.code, works, channel.title, scopes],
    [0, true, 'Rehearsal channel', ['https://www.googleapis.com/auth/youtube']],
  );
  assert.ok(Date.now() - Date.parse(signedInAt) < 60_000);

  const { refresh_token, access_token, client_secret } = JSON.parse(await readFile(tokenFile, 'utf8'));
  for (const { stdout, stderr } of [first, status]) {
    for (const secret of [refresh_token, access_token, client_secret]) assert.ok(!(stdout + stderr).includes(secret));
  }

  await fetch(new URL('/revoke', settings.BADMINTON_YOUTUBE_URL), {
    method: 'POST',
    body: new URLSearchParams({ token: refresh_token }),
  });
  const dead = await run('auth', 'status');
  assert.equal(dead.code, 1);
  assert.match(dead.stdout, /no longer valid.*npx badminton auth/);

  assert.equal((await signIn([], settings)).code, 0);
  const revoked = await run('auth', 'revoke');
  assert.deepEqual([revoked.code, /was revoked/.test(revoked.stdout)], [0, true]);
  assert.equal((await run('auth', 'revoke')).code, 1);
});

test('start and doctor say immediately that nobody is signed in, and nothing once somebody is', async (t) => {
  const { settings, run } = await setUp(t);
  const start = await run('start');
  assert.match(
    start.stderr,
    /WARNING: nothing can be published: There is no sign-in.*\nSign in with: npx badminton auth/,
  );
  const doctor = await run('doctor');
  assert.match(doctor.stdout, /WRONG {2}Publishing .*npx badminton auth/);
  await signIn([], settings);
  assert.doesNotMatch((await run('start')).stderr, /WARNING/);
  assert.match((await run('doctor')).stdout, /ok {5}Publishing .*the real YouTube, channel "Rehearsal channel"/);
});

test('a rehearsal sign-in, pasted from a browser elsewhere, leaves the real one alone', async (t) => {
  const { settings, tokenFile } = await setUp(t);
  const local = { ...settings, BADMINTON_PUBLISH_TARGET: 'local' };
  const program = startProgram(['auth', '--rehearse', '--no-open'], local, { typing: true });
  const printed = await program.printed(/^http\S+$/m);
  program.process.stdin?.write(`${await decide(/^http\S+$/m.exec(printed)?.[0] ?? '')}\n`);
  const { code, stdout } = await program.ended;
  assert.equal(code, 0);
  assert.match(stdout, /REHEARSAL/);
  await assert.rejects(stat(tokenFile));
  const status = await runProgram(['auth', 'status', '--rehearse', '--json'], local);
  assert.equal(JSON.parse(status.stdout).works, true);
});

test('Ctrl-C ends it; a wrong client file is named as what it is', async (t) => {
  const { settings } = await setUp(t);
  const program = startProgram(['auth', '--no-open'], settings);
  await program.printed('Waiting');
  const { code, stderr } = await program.interrupt();
  assert.deepEqual([code, stderr.trimEnd().split('\n').at(-1)], [130, 'Stopped.']);
  await writeFile(settings.BADMINTON_YOUTUBE_CLIENT, JSON.stringify({ web: {} }));
  const wrong = await runProgram(['auth'], settings);
  assert.equal(wrong.code, 1);
  assert.match(wrong.stderr, /Web application.*\n.*Desktop app/);
});
