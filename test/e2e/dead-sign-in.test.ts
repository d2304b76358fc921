import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { atEnd, temporaryFolder } from '../support/clean-up.ts';
import { freePort, runProgram, startProgram } from '../support/program.ts';
import { smallMatch } from '../support/small-match.ts';
import { decide } from '../youtube/auth/consent.ts';

const address = /^http\S+\/o\/oauth2\S+$/m;

test('a dead sign-in parks the upload, which resumes automatically after the next sign-in', async (t) => {
  const folder = await temporaryFolder(t);
  const youtubePort = await freePort();
  const settings = {
    BADMINTON_DATA_DIR: folder,
    BADMINTON_TEMPORAL_PORT: String(await freePort()),
    BADMINTON_TEMPORAL_UI_PORT: String(await freePort()),
    BADMINTON_LOCAL_YOUTUBE_PORT: String(youtubePort),
    BADMINTON_STUDIO_PORT: String(await freePort()),
    BADMINTON_SELECTION_TIMEOUT: '1ms',
    BADMINTON_SELECTION_POLICY: 'best',
  };
  const signIn = async () => {
    const program = startProgram(['auth', '--rehearse', '--no-open'], settings);
    await fetch(await decide(address.exec(await program.printed(address))?.[0] ?? ''));
    assert.equal((await program.ended).code, 0);
    return JSON.parse(readFileSync(path.join(folder, 'local-youtube', 'sign-in.json'), 'utf8')).refresh_token as string;
  };

  mkdirSync(path.join(folder, 'input'));
  const everything = startProgram(['up'], settings);
  atEnd(t, () => everything.interrupt());
  await everything.printed('Ready.');
  const body = new URLSearchParams({ token: await signIn() });
  assert.equal((await fetch(`http://127.0.0.1:${youtubePort}/revoke`, { method: 'POST', body })).status, 200);

  const file = await smallMatch(path.join(folder, 'md_HuyzVietvsThezLeo.mov'), { seed: 401 });
  const started = JSON.parse((await runProgram(['start', file, '--json'], settings)).stdout);
  const { videoId } = started.videos[0];
  await everything.printed(/needs attention/i);
  const { stage, attention } = JSON.parse((await runProgram(['status', videoId, '--json'], settings)).stdout);
  assert.deepEqual([stage, attention.code], ['NEEDS_ATTENTION', 'AUTH_REQUIRED']);
  assert.match(attention.action, /npx badminton auth --rehearse/);

  await signIn();
  await everything.printed(/REHEARSAL.*watch\?v=|watch\?v=.*REHEARSAL/);
  assert.equal(JSON.parse((await runProgram(['status', videoId, '--json'], settings)).stdout).stage, 'COMPLETED');
});
