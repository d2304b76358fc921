import assert from 'node:assert/strict';
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, type Program, runProgram, startProgram } from '../support/program.ts';
import { smallMatch } from '../support/small-match.ts';

describe('npm start, and the commands alongside it', () => {
  let folder: string;
  let settings: Record<string, string>;
  let program: Program;
  const badminton = (...args: string[]) => runProgram(args, settings);
  const json = async (...args: string[]) => JSON.parse((await badminton(...args, '--json')).stdout);

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'badminton-start-'));
    settings = {
      BADMINTON_DATA_DIR: folder,
      BADMINTON_TEMPORAL_PORT: String(await freePort()),
      BADMINTON_TEMPORAL_UI_PORT: String(await freePort()),
      BADMINTON_LOCAL_YOUTUBE_PORT: String(await freePort()),
      BADMINTON_STUDIO_PORT: String(await freePort()),
      BADMINTON_HEARTBEAT_TIMEOUT: '3s',
    };
    mkdirSync(path.join(folder, 'input'));
    program = startProgram(['up'], settings);
    await program.printed('Ready.');
  });
  after(async () => {
    await program.interrupt();
    rmSync(folder, { recursive: true, force: true });
  });

  it('serves the Temporal Web UI and the local YouTube where it says', async () => {
    const ui = await fetch(`http://127.0.0.1:${settings.BADMINTON_TEMPORAL_UI_PORT}/`);
    assert.equal(ui.status, 200);
    const youtube = await fetch(`http://127.0.0.1:${settings.BADMINTON_LOCAL_YOUTUBE_PORT}/`);
    assert.match(await youtube.text(), /REHEARSAL/);
  });

  it('says so when nothing is waiting', async () => {
    const { code, stdout } = await badminton('pending');
    assert.equal(code, 0);
    assert.match(stdout, /No video is waiting/);
  });

  it('picks a recording up once it has finished copying', async () => {
    const whole = readFileSync(await smallMatch(path.join(folder, 'elsewhere', 'x.mov'), { seed: 400 }));
    const target = path.join(folder, 'input', 'md_HuyzVietvsThezLeo_Friendly Game.mov');
    writeFileSync(target, whole.subarray(0, 30_000));
    await sleep(1200);
    assert.deepEqual((await json('list')).videos, []);
    appendFileSync(target, whole.subarray(30_000));
    await program.printed(/video-[0-9a-f]{16} {2}started/);
    const { videos } = await json('list');
    assert.equal(videos.length, 1);
    assert.equal(videos[0].recording, 'md_HuyzVietvsThezLeo_Friendly Game.mov');
  });

  it('says in its own terminal that a video is waiting for a person', async () => {
    await program.printed(/Friendly Game \(2026-11-21\) waits for you: npx badminton select video-[0-9a-f]{16}/);
  });

  it('refuses the impossible, with a sentence and exit code 1, and changes nothing', async () => {
    const id = await waitingId();
    const before = await json('status', id);
    for (const args of [
      ['select', 'video-0000000000000000', '--best'],
      ['select', id, '--frame', '99'],
      ['select', id, '--at', '9999'],
      ['status', 'nothing-like-it'],
      ['retry', id],
      ['correct', id, '--date', '2026-02-30'],
    ]) {
      const { code, stderr, stdout } = await badminton(...args);
      assert.equal(code, 1, args.join(' '));
      assert.match(stderr, /\w+ .*\./, args.join(' '));
      assert.doesNotMatch(stderr, /\n\s+at /, 'no stack');
      assert.equal(stdout, '');
    }
    for (const args of [
      ['select'],
      ['select', id, '--at', 'soon'],
      ['unknown'],
      ['select', id, '--best', '--at', '1'],
    ]) {
      assert.equal((await badminton(...args)).code, 2, args.join(' '));
    }
    assert.deepEqual(await json('status', id), before);
  });

  it('is still waiting after Ctrl-C and a restart', async () => {
    const id = await waitingId();
    const { code } = await program.interrupt();
    assert.equal(code, 0);
    assert.match((await badminton('list')).stderr, /npm start/);
    program = startProgram(['up'], settings);
    await program.printed('Ready.');
    assert.equal(await waitingId(), id);
  });

  it('is adopted whole after being killed', async () => {
    const id = await waitingId();
    await program.kill();
    program = startProgram(['up'], settings);
    await program.printed('Ready.');
    assert.equal(await waitingId(), id);
  });

  it('refuses to run twice on one data folder', async () => {
    const { code, stderr } = await badminton('up');
    assert.equal(code, 1);
    assert.match(stderr, /already runs/);
  });

  it('takes a correction and a choice, and publishes', async () => {
    const id = await waitingId();
    const shown = await json('select', id);
    assert.equal(shown.candidates.length, 5);
    for (const { file } of shown.candidates) assert.ok(existsSync(file));
    const words = ['--teams', 'Huyền/Việt vs Thế/Leo', '--tournament', 'Sunday Open', '--date', '2026-11-19'];
    const corrected = await badminton('correct', id, ...words);
    assert.equal(corrected.code, 0, corrected.stderr);
    assert.match(corrected.stdout, /Huyền\/Việt vs Thế\/Leo \| Sunday Open \(2026-11-19\)/);
    const chosen = await badminton('select', id.slice(0, 11), '--frame', '2');
    assert.equal(chosen.code, 0, chosen.stderr);
    const followed = await badminton('status', id, '--watch', '--json');
    const status = JSON.parse(followed.stdout);
    assert.equal(status.stage, 'COMPLETED');
    assert.equal(status.rehearsal, true);
    await program.printed(`is published (REHEARSAL): ${status.watchUrl}`);
    const page = await (await fetch(status.watchUrl)).text();
    assert.match(page, /Huyền\/Việt vs Thế\/Leo \| Sunday Open \(2026-11-19\)/);
    assert.doesNotMatch(page, /2026-11-21/);
    const again = await badminton('select', id, '--best');
    assert.equal(again.code, 1);
  });

  it('reports the published video when the same content is started under a different name', async () => {
    const copy = await smallMatch(path.join(folder, 'elsewhere', 'md_AzBvsCzD.mov'), { seed: 400 });
    const { videos } = await json('start', copy);
    assert.equal(videos[0].kind, 'published');
    assert.match(videos[0].publication.watchUrl, /watch\?v=/);
  });

  it('finds nothing wrong', async () => {
    const { code, stdout } = await badminton('doctor');
    assert.equal(code, 0, stdout);
    assert.match(stdout, /Search attributes +registered/);
  });

  it('cancels', async () => {
    const file = await smallMatch(path.join(folder, 'elsewhere', 'ms_AnvsBo.mov'), { seed: 401 });
    await badminton('start', file);
    const id = await waitingId();
    const { code, stdout } = await badminton('cancel', id);
    assert.equal(code, 0);
    assert.match(stdout, /is cancelled/);
    assert.ok(existsSync(file));
    assert.equal((await badminton('cancel', id)).code, 1);
  });

  async function waitingId(): Promise<string> {
    for (const deadline = Date.now() + 30_000; Date.now() < deadline; await sleep(300)) {
      const [video] = (await json('pending')).videos;
      if (video) return video.videoId;
    }
    throw new Error(`nothing waits: ${JSON.stringify(await json('list'))}`);
  }
});
