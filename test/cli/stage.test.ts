import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { atEnd, temporaryFolder } from '../support/clean-up.ts';
import { freePort, runProgram } from '../support/program.ts';
import { emptyHalf, sampleRecording } from '../support/sample-recording.ts';

/** An unrelated program on the port of the local YouTube. */
async function stranger(t: TestContext): Promise<number> {
  const server = createServer((_request, response) => response.end('something else'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  atEnd(t, () => new Promise((resolve) => server.close(resolve)));
  return (server.address() as AddressInfo).port;
}

describe('the command "stage"', () => {
  it('needs the local YouTube’s port only to publish', async (t) => {
    const folder = await temporaryFolder(t);
    const data = path.join(folder, 'data');
    const settings = { BADMINTON_DATA_DIR: data, BADMINTON_LOCAL_YOUTUBE_PORT: String(await stranger(t)) };
    const file = await sampleRecording(folder);
    for (const name of ['prepare', 'rank', 'select', 'enhance']) {
      const { code, stderr } = await runProgram(['stage', name, file], settings);
      assert.equal(code, 0, `${name}: ${stderr}`);
    }
    assert.equal(existsSync(path.join(data, 'local-youtube')), false, 'nothing of a YouTube was opened');
    for (const args of [
      ['stage', 'upload', file],
      ['run', file, '--best'],
    ]) {
      const { code, stderr } = await runProgram(args, settings);
      assert.equal(code, 1);
      assert.match(stderr, /^The local YouTube cannot start: port \d+ is in use/m);
    }
  });

  it('refuses an unfinished copy, as "run" does', async (t) => {
    const folder = await temporaryFolder(t);
    const settings = {
      BADMINTON_DATA_DIR: path.join(folder, 'data'),
      BADMINTON_LOCAL_YOUTUBE_PORT: String(await freePort()),
    };
    const file = await emptyHalf(await sampleRecording(folder));
    for (const args of [
      ['stage', 'prepare', file],
      ['run', file, '--best'],
    ]) {
      const { code, stderr } = await runProgram(args, settings);
      assert.equal(code, 1);
      assert.match(stderr, /\.mov is damaged: .*\n.*Copy it again from the phone or camera/s);
    }
  });

  it('calls a folder a folder', async (t) => {
    const folder = await temporaryFolder(t);
    const settings = { BADMINTON_DATA_DIR: path.join(folder, 'data') };
    const file = path.join(folder, 'ms_AnvsBo.mov');
    await mkdir(file);
    for (const name of ['prepare', 'rank']) {
      const { code, stderr } = await runProgram(['stage', name, file], settings);
      assert.equal(code, 1);
      assert.match(stderr, /ms_AnvsBo\.mov is a folder, not a recording\.\nName the recording itself\./);
    }
  });
});
