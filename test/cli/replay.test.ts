import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../support/clean-up.ts';
import { runProgram } from '../support/program.ts';
import { type Rig, startRig, untilStage } from '../support/rig.ts';
import { smallMatch } from '../support/small-match.ts';

const recorded = fileURLToPath(
  new URL('../temporal/histories/before-0.1.0/cancelled-while-waiting.json', import.meta.url),
);

describe('npx badminton replay', () => {
  let rig: Rig;
  before(async () => {
    rig = await startRig();
  });
  after(() => rig.close());
  const replay = (...args: string[]) => runProgram(['replay', ...args], { BADMINTON_DATA_DIR: rig.folder });

  it('replays a video on the server by its recording, and by its id', async () => {
    const file = await smallMatch(path.join(rig.folder, 'input', 'ms_AnvsBo.mov'), { seed: 310 });
    const handle = await rig.start(file);
    await untilStage(handle, 'WAITING_FOR_SELECTION');
    const { code, stdout } = await replay('ms_AnvsBo.mov', handle.workflowId);
    assert.deepEqual([stdout, code], [`replays  ms_AnvsBo.mov\nreplays  ${handle.workflowId}\n`, 0]);
    await handle.terminate();
  });

  it('says where the workflow would depart from a history, and which names lead to none', async (t) => {
    const folder = await temporaryFolder(t);
    const changed = path.join(folder, 'changed.json');
    const text = readFileSync(recorded, 'utf8');
    writeFileSync(changed, text.replace('"name": "rankThumbnailsActivity"', '"name": "anotherActivity"'));
    const empty = path.join(folder, 'empty.json');
    writeFileSync(empty, '{ "events": [] }');
    const { code, stdout } = await replay('--json', recorded, changed, empty, 'no-such-video');
    const { histories } = JSON.parse(stdout);
    assert.equal(code, 1);
    assert.deepEqual(
      histories.map(({ replays }: { replays: boolean }) => replays),
      [true, false, false, false],
    );
    const differences = histories.map(({ difference = '' }: { difference?: string }) => difference);
    assert.match(differences[1], /TMPRL1100.*anotherActivity/);
    assert.match(differences[2], /holds no history/);
    assert.match(differences[3], /There is no video "no-such-video"/);
  });

  it('says that nothing is known where there is no history', async (t) => {
    const folder = await temporaryFolder(t);
    const torn = path.join(folder, 'torn.json');
    writeFileSync(torn, '{ "events": [');
    const { code, stdout } = await replay(torn, folder, 'no-such-video');
    assert.equal(code, 1);
    assert.doesNotMatch(stdout, /DIFFERS|JSON at|EISDIR/);
    assert.match(stdout, /UNKNOWN {2}.*torn\.json\n +It holds no history/);
    assert.match(stdout, /It cannot be read: .*\.\nUNKNOWN {2}no-such-video/);
  });

  it('wants to know what to replay', async () => assert.equal((await replay()).code, 2));
});
