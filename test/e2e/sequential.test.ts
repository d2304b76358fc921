import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, runProgram, startProgram } from '../support/program.ts';
import { smallMatch } from '../support/small-match.ts';

describe('without Temporal', () => {
  let folder: string;
  let settings: Record<string, string>;
  const badminton = (...args: string[]) => runProgram(args, settings);

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'badminton-sequential-'));
    settings = {
      BADMINTON_DATA_DIR: path.join(folder, 'data'),
      BADMINTON_LOCAL_YOUTUBE_PORT: String(await freePort()),
      BADMINTON_STUDIO_PORT: String(await freePort()),
    };
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('run carries one recording through all stages, and recognises it afterwards', async () => {
    const file = await smallMatch(path.join(folder, 'wd_AnzBovsChizDu_Open.mov'), { seed: 800 });
    const content = readFileSync(file);
    const first = await badminton('run', file, '--best', '--json');
    assert.equal(first.code, 0, first.stderr);
    const { prepare, enhance, upload } = JSON.parse(first.stdout);
    assert.equal(prepare.title, 'An/Bo vs Chi/Du | Open (2026-11-21)');
    assert.ok(existsSync(enhance.file));
    assert.match(upload.watchUrl, /watch\?v=/);
    const again = JSON.parse((await badminton('run', file, '--best', '--json')).stdout);
    assert.equal(again.prepare.published.watchUrl, upload.watchUrl);
    assert.equal(again.upload, undefined);
    assert.deepEqual(readFileSync(file), content);
  });

  it('stage rank works on any video, whatever its name', async () => {
    const file = await smallMatch(path.join(folder, 'holiday in Đà Nẵng.MP4'), { seed: 801 });
    const { code, stdout } = await runProgram(['stage', 'rank', file, '--top', '3', '--json'], {
      ...settings,
      BADMINTON_POSE: 'on',
    });
    assert.equal(code, 0);
    const { candidates } = JSON.parse(stdout);
    assert.deepEqual(
      candidates.map(({ rank }: { rank: number }) => rank),
      [1, 2, 3],
    );
    for (const { time, score, file: picture } of candidates) {
      assert.ok(time >= 0 && time <= 4 && Number.isFinite(score));
      assert.ok(existsSync(picture));
    }
    const tooEarly = await badminton('stage', 'enhance', file);
    assert.equal(tooEarly.code, 1);
    assert.match(tooEarly.stderr, /has not run/);
  });

  it('says in a sentence what is wrong with a bad file, and leaves it alone', async () => {
    const whole = await smallMatch(path.join(folder, 'ms_AnvsBo.mov'), { seed: 802 });
    const bad = (name: string) => path.join(folder, name);
    writeFileSync(bad('ms_EmptyvsFile.mov'), '');
    writeFileSync(bad('ms_TextvsFile.mov'), 'The match was on Sunday.');
    copyFileSync(whole, bad('ms_CutvsOff.mov'));
    truncateSync(bad('ms_CutvsOff.mov'), 40_000);
    copyFileSync(whole, bad('Sunday.mov'));
    for (const [name, reason] of [
      ['ms_EmptyvsFile.mov', /empty/i],
      ['ms_TextvsFile.mov', /not a video|no video/i],
      ['ms_CutvsOff.mov', /whole|damaged|read|truncated/i],
      ['Sunday.mov', /_|type|vs/],
      ['ms_NovsFile.mov', /no file/],
    ] as const) {
      const before = existsSync(bad(name)) && readFileSync(bad(name));
      const { code, stderr } = await badminton('run', bad(name), '--best');
      assert.equal(code, 1, name);
      assert.match(stderr, reason, name);
      assert.doesNotMatch(stderr, /\n\s+at /, `${name}: no stack`);
      if (before) assert.deepEqual(readFileSync(bad(name)), before);
    }
  });

  it('ends cleanly on Ctrl-C midway', async () => {
    const file = await smallMatch(path.join(folder, 'ms_LongvsMatch.mov'), {
      seed: 500,
      seconds: 16,
      width: 1280,
      height: 720,
    });
    const program = startProgram(['stage', 'rank', file], settings);
    await program.printed('key frames');
    await sleep(100);
    const { code, stderr } = await program.interrupt();
    assert.equal(code, 130);
    assert.doesNotMatch(stderr, /\n\s+at /);
    assert.equal((await badminton('stage', 'rank', file)).code, 0, 'and can be run again');
  });

  it('refuses settings that are unknown or wrong, by name', async () => {
    const { code, stderr } = await runProgram(['list'], { ...settings, BADMINTON_TOPN: '5', BADMINTON_TOP_N: 'many' });
    assert.equal(code, 2);
    assert.match(stderr, /BADMINTON_TOPN is not a setting; did you mean BADMINTON_TOP_N/);
    assert.match(stderr, /BADMINTON_TOP_N must be a whole number/);
  });
});
