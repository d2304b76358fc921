import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { candidatesFolder, selectionRecord, thumbnailRecord } from '../../src/stages/records.ts';
import { retryStage, selectThumbnail, undoSelection } from '../../src/temporal/client/control.ts';
import { RefusedError } from '../../src/temporal/client/errors.ts';
import type { VideoResult } from '../../src/temporal/names.ts';
import { type Rig, startRig, statusOf, untilStage } from '../support/rig.ts';
import { smallMatch } from '../support/small-match.ts';

let seed = 900;

describe('choosing a frame, on a real server', () => {
  let rig: Rig;
  before(async () => {
    rig = await startRig();
  });
  after(() => rig.close());

  async function waitingVideo(name: string) {
    const file = await smallMatch(path.join(rig.folder, 'input', name), { seed: seed++ });
    const handle = await rig.start(file, { topN: 3 });
    const { candidates = [] } = await untilStage(handle, 'WAITING_FOR_SELECTION');
    const [best = '', second = ''] = candidates.map(({ frame }) => frame);
    const record = (file: string) =>
      JSON.parse(readFileSync(path.join(rig.folder, 'workspaces', handle.workflowId, file), 'utf8'));
    return { handle, videoId: handle.workflowId, best, second, record };
  }

  it('carries out a choice only once it can no longer be undone, and refuses another one until then', async () => {
    const { handle, videoId, best, second, record } = await waitingVideo('ms_OnevsTwo.mov');
    const chosen = await selectThumbnail(rig.client, videoId, { frame: best, undoSeconds: 2.5 });
    assert.ok(Date.parse(chosen.undoUntil ?? '') > Date.now());
    assert.match(chosen.next, /--undo/);
    await assert.rejects(selectThumbnail(rig.client, videoId, { frame: second }), (error) => {
      return error instanceof RefusedError && /^The frame at \d+\.\d s has just been chosen/.test(error.message);
    });
    assert.equal((await statusOf(handle)).stage, 'WAITING_FOR_SELECTION');

    const undone = await undoSelection(rig.client, videoId);
    assert.equal(undone.choice, undefined);
    await sleep(3000);
    assert.equal((await statusOf(handle)).stage, 'WAITING_FOR_SELECTION', 'what was undone is not carried out');

    await selectThumbnail(rig.client, videoId, { frame: second, undoSeconds: 0.5 });
    const result: VideoResult = await handle.result();
    assert.equal(result.stage, 'COMPLETED');
    assert.equal(record(selectionRecord.file).frame, second);
  });

  it('refuses to undo what was not chosen', async () => {
    const { handle, videoId } = await waitingVideo('ms_ThreevsFour.mov');
    await assert.rejects(undoSelection(rig.client, videoId), /Nothing has been chosen/);
    await handle.cancel();
  });

  it('draws the thumbnail in the chosen look, from the chosen part of the frame', async () => {
    const { handle, videoId, record } = await waitingVideo('ms_FivevsSix.mov');
    const crop = { x: 0.25, y: 0.25, width: 0.5, height: 0.5 };
    await selectThumbnail(rig.client, videoId, { best: true, look: { theme: 'purple', crop } });
    await handle.result();
    assert.equal(record(thumbnailRecord.file).theme, 'purple');
  });

  it('takes another look and another frame if the first could not be drawn', async () => {
    const { handle, videoId, second, record } = await waitingVideo('ms_SevenvsEight.mov');
    await selectThumbnail(rig.client, videoId, { best: true, look: { template: 'no-such-template' } });
    const parked = await untilStage(handle, 'NEEDS_ATTENTION');
    assert.equal(parked.attention?.code, 'TEMPLATE_UNKNOWN');
    await selectThumbnail(rig.client, videoId, { frame: second, look: { theme: 'white' } });
    await handle.result();
    assert.equal(record(selectionRecord.file).frame, second);
    assert.equal(record(thumbnailRecord.file).theme, 'white');
  });

  it('takes another frame if the first could not be taken from the recording', async () => {
    const { handle, videoId, second, record } = await waitingVideo('ms_NinevsTen.mov');
    const { videoPath, durationSeconds = 0 } = await statusOf(handle);
    await rename(videoPath, `${videoPath}.away`);
    await selectThumbnail(rig.client, videoId, { atSeconds: durationSeconds / 2 });
    const parked = await untilStage(handle, 'NEEDS_ATTENTION');
    assert.equal(parked.attention?.stage, 'SELECTING');
    await rename(`${videoPath}.away`, videoPath);
    await selectThumbnail(rig.client, videoId, { frame: second });
    await handle.result();
    assert.equal(record(selectionRecord.file).frame, second);
    await assert.rejects(retryStage(rig.client, videoId), /has ended/);
    assert.ok(existsSync(path.join(rig.folder, 'workspaces', videoId, candidatesFolder, second)));
  });
});
