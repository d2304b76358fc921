import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { openDatabase } from '../../src/workspace/database.ts';
import { migrations } from '../../src/workspace/migrations.ts';
import { writeRecord } from '../../src/workspace/record.ts';
import { atEnd } from '../support/clean-up.ts';
import { freePort, type Outcome, runProgram, startProgram } from '../support/program.ts';
import { type Rig, startRig, untilStage } from '../support/rig.ts';
import { smallMatch } from '../support/small-match.ts';

const update = /git pull && npm ci/;

function assertRefused({ code, stdout, stderr }: Outcome, what: RegExp): void {
  assert.match(stdout + stderr, what);
  assert.match(stdout + stderr, update);
  assert.equal(code, 1);
  assert.doesNotMatch(stderr, /\n\s+at /, 'no stack');
}

describe('data written by a newer version of the program', () => {
  let rig: Rig;
  let folder: string;
  let videoId: string;
  let recording: string;
  let settings: Record<string, string> & { BADMINTON_STUDIO_PORT: string; BADMINTON_DATA_DIR: string };

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'badminton-newer-'));
    rig = await startRig();
    recording = await smallMatch(path.join(folder, 'ms_AnvsBo.mov'), { seed: 820 });
    const handle = await rig.start(recording);
    videoId = handle.workflowId;
    await untilStage(handle, 'WAITING_FOR_SELECTION', 120);
    settings = {
      BADMINTON_DATA_DIR: path.join(folder, 'data'),
      BADMINTON_LOCAL_YOUTUBE_PORT: String(await freePort()),
      BADMINTON_STUDIO_PORT: String(await freePort()),
      TEMPORAL_ADDRESS: rig.server.address,
    };
  });
  after(async () => {
    await rig.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('the database is refused by every command that opens it, and left as it is', async () => {
    const dataFolder = settings.BADMINTON_DATA_DIR;
    const next = { what: 'Forget the claims', run: () => undefined };
    openDatabase(dataFolder, { migrations: [...migrations, next] }).close();
    const file = path.join(dataFolder, 'badminton.db');
    const bytes = readFileSync(file);
    for (const command of [
      ['start', recording],
      ['up'],
      ['worker'],
      ['status', videoId],
      ['doctor'],
      ['run', recording, '--best'],
      ['stage', 'prepare', recording],
      ['studio', '--no-open'],
    ]) {
      assertRefused(await runProgram(command, settings), /badminton\.db was written by a newer version/);
      assert.deepEqual(readFileSync(file), bytes, command.join(' '));
    }
  });

  it('a record is refused by the stage that would rewrite it, and left as it is', async () => {
    const own = { ...settings, BADMINTON_DATA_DIR: path.join(folder, 'own') };
    for (const [stage, file] of [
      ['prepare', 'prepared.json'],
      ['rank', 'ranking.json'],
    ] as const) {
      const before = await runProgram(['stage', stage, recording], own);
      assert.equal(before.code, 0, before.stderr);
      const record = path.join(own.BADMINTON_DATA_DIR, 'workspaces', videoId, file);
      const text = JSON.stringify({ ...JSON.parse(readFileSync(record, 'utf8')), version: 99 });
      writeFileSync(record, text);
      const what = new RegExp(`${file} was written by a newer version`);
      assertRefused(await runProgram(['stage', stage, recording], own), what);
      assertRefused(await runProgram(['run', recording, '--best'], own), /json was written by a newer version/);
      assert.equal(readFileSync(record, 'utf8'), text);
    }
  });

  it('the list of paired devices does not keep the studio from starting, which says so and leaves it as it is', async (t) => {
    const own = { ...settings, BADMINTON_DATA_DIR: path.join(folder, 'paired') };
    const file = path.join(own.BADMINTON_DATA_DIR, 'studio', 'sessions.json');
    const later = { file: 'sessions.json', schema: {} as never, upgrades: Array(8).fill(Object) };
    writeRecord(file, later, { devices: [] });
    const text = readFileSync(file, 'utf8');
    const studio = startProgram(['studio', '--host', '--no-open'], own);
    atEnd(t, () => studio.interrupt());
    const said = await studio.printed(/Studio {2}http/);
    assert.match(said, /No other device can use the studio\. .*sessions\.json was written by a newer version/);
    assert.match(said, update);
    const address = `http://localhost:${own.BADMINTON_STUDIO_PORT}/`;
    assert.equal((await fetch(new URL('/api/videos', address))).status, 200);
    const link = await runProgram(['studio', '--host', '--no-open'], own);
    assertRefused(link, /sessions\.json was written by a newer version/);
    const { stderr } = await studio.interrupt();
    assert.doesNotMatch(stderr, /pair\?code/);
    assert.equal(readFileSync(file, 'utf8'), text);
  });
});
