import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { runProgram } from '../support/program.ts';
import { type Rig, startRig, untilStage } from '../support/rig.ts';
import { smallMatch } from '../support/small-match.ts';

describe('many videos at once', () => {
  let rig: Rig;
  let settings: Record<string, string>;
  before(async () => {
    rig = await startRig();
    settings = { BADMINTON_DATA_DIR: rig.folder, TEMPORAL_ADDRESS: rig.server.address };
  });
  after(() => rig.close());

  it('are retried by id with each refusal reported, and all cancelled once that is confirmed', async () => {
    const handles = [];
    for (const [index, name] of ['ms_OnevsTwo', 'ms_ThreevsFour', 'nonsense'].entries()) {
      handles.push(await rig.start(await smallMatch(`${rig.folder}/input/${name}.mov`, { seed: 820 + index })));
    }
    for (const [index, handle] of handles.entries()) {
      await untilStage(handle, index === 2 ? 'NEEDS_ATTENTION' : 'WAITING_FOR_SELECTION', 60);
    }
    const ids = handles.map(({ workflowId }) => workflowId);
    const retried = await runProgram(['retry', ...ids, '--json'], settings);
    assert.equal(retried.code, 1);
    const { videos } = JSON.parse(retried.stdout) as { videos: { videoId: string; problem?: string }[] };
    assert.deepEqual(
      videos.map(({ videoId }) => videoId),
      ids,
    );
    assert.deepEqual(
      videos.map(({ problem }) => problem !== undefined),
      [true, true, false],
    );

    const asked = await runProgram(['cancel', '--all'], settings);
    assert.equal(asked.code, 2);
    assert.match(asked.stderr, /Cancel these 3 videos\? Confirm with --yes/);
    const waiting = await runProgram(['cancel', '--stage', 'WAITING_FOR_SELECTION', '--yes'], settings);
    assert.equal(waiting.code, 0);
    const lines = waiting.stdout.trimEnd().split('\n').sort();
    assert.deepEqual(
      lines,
      ids
        .slice(0, 2)
        .map((id) => `${id} is cancelled. The recording was not touched.`)
        .sort(),
    );
    const rest = await runProgram(['cancel', '--all', '--yes', '--json'], settings);
    assert.deepEqual(
      JSON.parse(rest.stdout).videos.map(({ stage }: { stage: string }) => stage),
      ['CANCELLED'],
    );
    assert.equal((await runProgram(['cancel'], settings)).code, 2);
  });
});
