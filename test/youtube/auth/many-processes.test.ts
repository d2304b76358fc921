import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type LocalYouTubeOptions, startLocalYouTube } from '../../../src/local-youtube/local-youtube.ts';
import type { LoggedRequest } from '../../../src/local-youtube/request-log.ts';
import { fileAuth, readTokenFile, saveSignIn, signIn, type TokenFile } from '../../../src/youtube/auth.ts';
import { atEnd, temporaryFolder } from '../support.ts';
import { clientOf, decide } from './consent.ts';

async function signedIn(t: TestContext, options: Partial<LocalYouTubeOptions> = {}) {
  const folder = await temporaryFolder(t);
  const log: LoggedRequest[] = [];
  const server = await startLocalYouTube({
    ...options,
    folder: path.join(folder, 'youtube'),
    log: (request) => log.push(request),
  });
  atEnd(t, () => server.close());
  const allow = () =>
    signIn({
      client: clientOf(server.url),
      signal: new AbortController().signal,
      timeoutMs: 10_000,
      onAddress: async (address) => fetch(await decide(address)),
      onUseless: assert.fail,
    });
  const file = path.join(folder, 'token.json');
  await saveSignIn(file, await allow());
  const refreshes = () => log.filter(({ call }) => call === 'oauth.token').length;
  return { file, folder, server, allow, refreshes };
}

function startAuthorizer(t: TestContext, file: string) {
  const script = fileURLToPath(new URL('./authorizer.ts', import.meta.url));
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, file], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  atEnd(t, () => child.kill('SIGKILL'));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const line = async () => String((await lines.next()).value);
  return {
    ready: line(),
    ask(how: 'refresh' | 'again') {
      child.stdin.write(`${how}\n`);
      return line();
    },
  };
}

const expired = ({ access_token: _, expiry_date: __, ...rest }: TokenFile): TokenFile => rest;

test('several processes at the same time: one refresh, and all get its token', async (t) => {
  const faults: LocalYouTubeOptions['faults'] = ({ call }) =>
    call === 'oauth.token' ? { kind: 'delay', ms: 300 } : undefined;
  const { file, refreshes } = await signedIn(t, { faults });
  await saveSignIn(file, expired(readTokenFile(file)));
  const processes = Array.from({ length: 5 }, () => startAuthorizer(t, file));
  await Promise.all(processes.map(({ ready }) => ready));
  const all = (how: 'refresh' | 'again') => Promise.all(processes.map(({ ask }) => ask(how)));

  const before = refreshes();
  const first = await all('again');
  assert.equal(refreshes() - before, 1);
  assert.equal(new Set(first).size, 1);
  assert.equal(first[0], `Bearer ${readTokenFile(file).access_token}`);
  assert.deepEqual(await all('again'), first);

  const second = await all('refresh');
  assert.equal(refreshes() - before, 2, 'a token that was refused is replaced once for all');
  assert.deepEqual([new Set(second).size, second[0] === first[0]], [1, false]);
  assert.equal((await stat(file)).mode & 0o777, 0o600);
});

test('a new sign-in during a refresh is not lost', async (t) => {
  let slow = false;
  const faults: LocalYouTubeOptions['faults'] = ({ call }) =>
    call === 'oauth.token' && slow ? { kind: 'delay', ms: 400 } : undefined;
  const { file, allow } = await signedIn(t, { faults });
  const fresh = await allow();
  await saveSignIn(file, expired(readTokenFile(file)));
  slow = true;
  const worker = startAuthorizer(t, file);
  await worker.ready;
  const refreshing = worker.ask('again');
  await new Promise((resolve) => setTimeout(resolve, 100));
  await saveSignIn(file, { ...fresh, channel: { id: 'UC1', title: 'New' } });
  await refreshing;
  const kept = readTokenFile(file);
  assert.deepEqual([kept.refresh_token, kept.channel?.title], [fresh.refresh_token, 'New']);
  assert.equal(await worker.ask('again'), `Bearer ${fresh.access_token}`);
});

test('what other tools store in the file is preserved', async (t) => {
  const { file } = await signedIn(t);
  await saveSignIn(file, { ...expired(readTokenFile(file)), quota_project_id: 'club' });
  await fileAuth(file).authorize();
  const kept = JSON.parse(await readFile(file, 'utf8'));
  assert.equal(kept.quota_project_id, 'club');
  assert.match(kept.access_token, /^ya29\./);
});
