import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { listedVideo } from '../support/listed.ts';
import { runProgram } from '../support/program.ts';
import { type Rig, startRig, untilStage } from '../support/rig.ts';
import { smallMatch } from '../support/small-match.ts';

describe('many videos at once', () => {
  let rig: Rig;
  before(async () => {
    rig = await startRig();
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
    const retried = await runProgram(['retry', ...ids, '--json'], rig.settings);
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

    const asked = await runProgram(['cancel', '--all'], rig.settings);
    assert.equal(asked.code, 2);
    assert.match(asked.stderr, /Cancel these 3 videos\? Confirm with --yes/);
    const waiting = await runProgram(['cancel', '--stage', 'WAITING_FOR_SELECTION', '--yes'], rig.settings);
    assert.equal(waiting.code, 0);
    const lines = waiting.stdout.trimEnd().split('\n').sort();
    assert.deepEqual(
      lines,
      ids
        .slice(0, 2)
        .map((id) => `${id} is cancelled. The recording was not touched.`)
        .sort(),
    );
    const rest = await runProgram(['cancel', '--all', '--yes', '--json'], rig.settings);
    assert.deepEqual(
      JSON.parse(rest.stdout).videos.map(({ stage }: { stage: string }) => stage),
      ['CANCELLED'],
    );
    assert.equal((await runProgram(['cancel'], rig.settings)).code, 2);
  });

  it('are started from the input folder, but for those that have a video or had one, once that is confirmed', async () => {
    const input = `${rig.folder}/input`;
    const recordings = [];
    for (const [index, name] of ['ms_CancelledvsOne', 'ms_RunningvsOne', 'ms_NewvsOne', 'ms_NewvsTwo'].entries()) {
      recordings.push(await smallMatch(`${input}/${name}.mov`, { seed: 830 + index }));
    }
    const [cancelled = '', running = ''] = recordings;
    const handle = await rig.start(cancelled);
    await handle.cancel();
    await handle.result().catch(() => undefined);
    const { workflowId } = await rig.start(running);
    await listedVideo(rig.client, workflowId);

    const asked = await runProgram(['start', '--all'], rig.settings);
    assert.equal(asked.code, 2);
    assert.match(asked.stderr, /ms_NewvsOne\.mov\nms_NewvsTwo\.mov\nStart these 2 videos\? Confirm with --yes/);
    const started = await runProgram(['start', '--all', '--yes', '--json'], rig.settings);
    assert.equal(started.code, 0);
    const { videos } = JSON.parse(started.stdout) as { videos: { kind: string; videoPath: string }[] };
    assert.deepEqual(
      videos.map(({ kind, videoPath }) => `${kind} ${path.basename(videoPath)}`),
      ['started ms_NewvsOne.mov', 'started ms_NewvsTwo.mov'],
    );
    assert.equal((await runProgram(['start', '--all', running], rig.settings)).code, 2);
    await runProgram(['cancel', '--all', '--yes'], rig.settings);
  });
});
