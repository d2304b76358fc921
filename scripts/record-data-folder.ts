// Records a data folder for test/workspace/carried-over.test.ts: `node scripts/record-data-folder.ts /club NAME`.
// Run it before changing what is kept. The folder must not exist: its path is in the records; it is removed at the end.
import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { startLocalYouTube } from '../src/local-youtube/local-youtube.ts';
import { rehearsalClient } from '../src/local-youtube/oauth-client.ts';
import { freePort, type Program, runProgram, startProgram } from '../test/support/program.ts';
import { smallMatch } from '../test/support/small-match.ts';
import { decide } from '../test/youtube/auth/consent.ts';

const [club, name] = process.argv.slice(2);
if (!club || !name || existsSync(club)) throw new Error('usage: record-data-folder.ts NEW_FOLDER NAME');
const dataFolder = path.join(club, 'data');
const fixture = fileURLToPath(new URL(`../test/workspace/data-folders/${name}/`, import.meta.url));

/** Instructions for the channel; see rehearsal-file.ts. */
const rehearse = (wishes: object) =>
  writeFileSync(path.join(club, 'youtube', 'rehearsal.json'), JSON.stringify(wishes));

mkdirSync(club, { recursive: true });
let running: Program | undefined;
const youtube = await startLocalYouTube({ folder: path.join(club, 'youtube') });
try {
  const client = {
    client_id: rehearsalClient.clientId,
    client_secret: rehearsalClient.clientSecret,
    auth_uri: `${youtube.url}o/oauth2/v2/auth`,
    token_uri: `${youtube.url}token`,
  };
  writeFileSync(path.join(club, 'client.json'), JSON.stringify({ installed: client }));
  const rehearsal = {
    BADMINTON_DATA_DIR: dataFolder,
    BADMINTON_LOCAL_YOUTUBE_PORT: String(await freePort()),
    BADMINTON_STUDIO_PORT: String(await freePort()),
    BADMINTON_TEMPORAL_PORT: String(await freePort()),
    BADMINTON_TEMPORAL_UI_PORT: String(await freePort()),
    BADMINTON_STUDIO_ON_NETWORK: 'yes',
  };
  const settings = {
    ...rehearsal,
    BADMINTON_PUBLISH_TARGET: 'youtube',
    BADMINTON_YOUTUBE_URL: youtube.url,
    BADMINTON_YOUTUBE_CLIENT: path.join(club, 'client.json'),
    BADMINTON_COMPLETED_DIR: path.join(club, 'completed'),
    BADMINTON_PLAYLIST: 'tournament',
    BADMINTON_NOTIFY_COMMAND: 'true',
    BADMINTON_UPLOAD_LIMIT: '40kB/s',
    BADMINTON_UPLOAD_CHUNK_MIB: '1',
  };
  const badminton = async (...args: string[]) => {
    const { code, stdout, stderr } = await runProgram(args, settings);
    assert.equal(code, 0, stderr);
    return stdout;
  };
  const recording = (file: string, seed: number, size: { seconds?: number; width?: number; height?: number } = {}) =>
    smallMatch(path.join(club, 'recordings', file), { seed, ...size });

  await signIn(settings);
  await runProgram(['run', await recording('ms_AnvsBo_Friendly Game.mov', 1), '--best'], rehearsal);

  const everything = startProgram(['up'], settings);
  running = everything;
  const session = await keepPhone(everything);
  const start = async (file: string) => {
    const { videos } = JSON.parse(await badminton('start', file, '--json'));
    const videoId = videos[0].videoId as string;
    await everything.printed(new RegExp(`waits for you: npx badminton select ${videoId}`));
    return videoId;
  };
  const untilKept = async (file: string) => {
    while (!existsSync(path.join(dataFolder, 'workspaces', file))) await sleep(20);
  };
  const untilSleeping = async (video: string, why: RegExp) => {
    for (;;) {
      const { waiting } = JSON.parse(await badminton('status', video, '--json'));
      if (why.test(waiting?.reason)) return;
    }
  };
  const large = { seconds: 12, width: 1280, height: 720 };

  await badminton('select', await start(await recording('md_HuyzVietvsThezLeo_Friendly Game.mov', 3)), '--best');
  await everything.printed('is published');

  const lost = await start(await recording('ws_ChivsDu.mov', 5));
  const lostToo = await start(await recording('ws_EmvsGam.mov', 6));
  const processed = await start(await recording('xd_KhanhzVyvsZezTram.mov', 4));
  const queued = await start(await recording('ms_EndevsFitz.mov', 8));
  const sent = await start(await recording('md_DenzTuvsHuyzHa.mov', 7, large));
  rehearse({ processingSeconds: 100_000 });
  await badminton('select', processed, '--best');
  await untilKept(`${processed}/publication-youtube.json`);

  const forgets = { when: { call: 'upload.question' }, fault: { kind: 'answer', status: 404 } };
  rehearse({ faults: [forgets, { when: { call: 'upload.chunk' }, fault: { kind: 'drop', afterBytes: 1000 } }] });
  for (const video of [lostToo, lost]) {
    await badminton('select', video, '--best');
    await untilSleeping(video, /last byte/);
  }

  rehearse({ faults: [forgets] });
  await badminton('select', sent, '--at', '2');
  await untilKept(`${sent}/upload-session-youtube.json`);
  rehearse({ faults: [forgets], quota: { uploads: youtube.spent().uploads } });
  await badminton('retry', lost, '--send-again');
  await untilSleeping(lost, /quota|takes no more/);
  await badminton('select', queued, '--best');
  await untilSleeping(queued, /quota|takes no more/);
  assert.equal((await everything.interrupt()).code, 0);
  running = undefined;
  assert.ok(
    existsSync(path.join(dataFolder, 'workspaces', sent, 'upload-session-youtube.json')),
    'it is still under way',
  );
  keep(session);
} finally {
  await running?.interrupt();
  await youtube.close();
  rmSync(club, { recursive: true, force: true });
}

async function signIn(settings: Record<string, string>): Promise<void> {
  const program = startProgram(['auth', '--no-open'], settings);
  const address = /^http\S+$/m;
  await fetch(await decide(address.exec(await program.printed(address))?.[0] ?? ''));
  assert.equal((await program.ended).code, 0);
}

/** Pairs a phone with the studio; its session, as its cookie holds it. */
async function keepPhone(everything: Program): Promise<string> {
  const link = /http\S+\/pair\?code=(\S+)/.exec(await everything.printed(/pair\?code=\S+\s/));
  const [address = '', code = ''] = link ?? assert.fail('no pairing link');
  const body = new URLSearchParams({ code });
  const answer = await fetch(address, { method: 'POST', body, redirect: 'manual' });
  return /badminton_studio=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '')?.[1] ?? assert.fail('not paired');
}

/** Takes everything with a version: no pictures, no sign-in. */
function keep(session: string): void {
  const database = new DatabaseSync(path.join(dataFolder, 'badminton.db'));
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
  rmSync(fixture, { recursive: true, force: true });
  mkdirSync(fixture, { recursive: true });
  writeFileSync(path.join(fixture, 'badminton.db.gz'), gzipSync(readFileSync(path.join(dataFolder, 'badminton.db'))));
  const wanted = (file: string) => !file.endsWith('.jpg') && !file.endsWith('.lock') && !file.endsWith('candidates');
  for (const each of ['host-id', 'workspaces', 'studio/sessions.json']) {
    cpSync(path.join(dataFolder, each), path.join(fixture, each), { recursive: true, filter: wanted });
  }
  const phone = { session, recordedAt: Date.now() };
  writeFileSync(path.join(fixture, 'phone.json'), `${JSON.stringify(phone, undefined, 2)}\n`);
}
