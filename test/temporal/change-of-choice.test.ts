import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { Context } from '@temporalio/activity';
import type { Fault } from '../../src/local-youtube/fault.ts';
import { selectionRecord } from '../../src/stages/records.ts';
import { selectThumbnail, undoSelection } from '../../src/temporal/client/control.ts';
import { RefusedError } from '../../src/temporal/client/errors.ts';
import { findVideo } from '../../src/temporal/client/videos.ts';
import type { VideoResult } from '../../src/temporal/names.ts';
import { runProgram } from '../support/program.ts';
import { type Rig, startRig, statusOf, until, untilStage } from '../support/rig.ts';
import { smallMatch } from '../support/small-match.ts';

let seed = 960;

describe('a choice that is changed while it is carried out, on a real server', () => {
  let rig: Rig;
  let fault: ((call: string | undefined) => Fault | undefined) | undefined;
  let calls: string[] = [];
  /** Videos whose first upload keeps the only place in the lane until it is let go. */
  const keeping = new Map<string, { begun: () => void; letGo: Promise<void>; butEarly: boolean }>();
  before(async () => {
    rig = await startRig({
      settings: { BADMINTON_UPLOAD_EARLY: 'on', BADMINTON_UPLOAD_CONCURRENCY: '1' },
      faults: ({ call }) => {
        if (call) calls.push(call);
        return fault?.(call);
      },
      around: (activities) => ({
        ...activities,
        async uploadVideoActivity(videoPath, ...rest) {
          const keeper = keeping.get(videoPath);
          const kept = rest[1]?.early && keeper?.butEarly ? undefined : keeper;
          const context = Context.current();
          const alive = setInterval(() => context.heartbeat(), 300);
          kept?.begun();
          try {
            if (kept) await Promise.race([kept.letGo, context.cancelled]);
          } finally {
            clearInterval(alive);
          }
          return activities.uploadVideoActivity(videoPath, ...rest);
        },
      }),
    });
  });
  after(() => rig.close());
  afterEach(() => {
    fault = undefined;
    calls = [];
  });

  const recording = (name: string) => smallMatch(path.join(rig.folder, 'input', name), { seed: seed++ });

  /**
   * Keeps the first upload of a recording, and with it the lane, until the result is called.
   * @param butEarly not the one before the choice, which is in another lane
   */
  function keep(file: string, butEarly = false): { readonly begun: Promise<void>; readonly letGo: () => void } {
    const begun = Promise.withResolvers<void>();
    const letGo = Promise.withResolvers<void>();
    keeping.set(file, { begun: begun.resolve, letGo: letGo.promise, butEarly });
    return { begun: begun.promise, letGo: letGo.resolve };
  }

  async function waitingVideo(file: string) {
    const handle = await rig.start(file, { topN: 2 });
    const { candidates = [] } = await untilStage(handle, 'WAITING_FOR_SELECTION');
    const [best = '', second = ''] = candidates.map(({ frame }) => frame);
    return { handle, id: handle.workflowId, best, second };
  }

  /** The channel shows the picture that was drawn from this frame. */
  async function publishes(handle: { workflowId: string; result(): Promise<VideoResult> }, frame: string, sent = 1) {
    const { youtubeId, thumbnail = '' } = await handle.result();
    const workspace = path.join(rig.folder, 'workspaces', handle.workflowId);
    assert.equal(JSON.parse(readFileSync(path.join(workspace, selectionRecord.file), 'utf8')).frame, frame);
    const shown = await fetch(new URL(`/vi/${youtubeId}/thumbnail`, rig.youtube.url));
    assert.ok(Buffer.from(await shown.arrayBuffer()).equals(readFileSync(thumbnail)), 'the picture on the channel');
    const count = (call: string) => calls.filter((each) => each === call).length;
    assert.equal(count('videos.insert'), sent, 'each recording was sent once');
    assert.equal(count('thumbnails.set'), 1, 'no picture of an earlier choice was set');
  }

  it('publishes the frame chosen last while the recording is on its way to the channel', async () => {
    const file = await recording('ms_OnevsTwo.mov');
    const sending = keep(file);
    const { handle, id, best, second } = await waitingVideo(file);
    await sending.begun;
    await selectThumbnail(rig.client, id, { frame: best });
    const { changeable } = await untilStage(handle, 'UPLOADING');
    assert.equal(changeable, true);
    await selectThumbnail(rig.client, id, { frame: second });
    await untilStage(handle, 'UPLOADING');
    sending.letGo();
    await publishes(handle, second);
  });

  it('publishes the frame chosen last in a terminal while the video waits in its lane, and can undo it', async () => {
    const { handle, id, best, second } = await waitingVideo(await recording('ms_ThreevsFour.mov'));
    await until(handle, ({ privateUrl }) => privateUrl !== undefined, 'the early upload');
    const other = await recording('ms_FivevsSix.mov');
    const lane = keep(other, true);
    const { handle: holder } = await waitingVideo(other);
    await until(holder, ({ privateUrl }) => privateUrl !== undefined, 'the early upload of the other');
    await selectThumbnail(rig.client, holder.workflowId, { best: true });
    await lane.begun;

    await selectThumbnail(rig.client, id, { frame: best });
    await untilStage(handle, 'UPLOADING');
    await selectThumbnail(rig.client, id, { frame: second, undoSeconds: 30 });
    await untilStage(handle, 'WAITING_FOR_SELECTION');
    await undoSelection(rig.client, id);
    assert.equal((await statusOf(handle)).choice, undefined);

    await selectThumbnail(rig.client, id, { frame: best });
    await untilStage(handle, 'UPLOADING');
    assert.equal((await findVideo(rig.client, id)).changeable, true, 'readable without a worker');
    const settings = {
      BADMINTON_DATA_DIR: rig.folder,
      BADMINTON_YOUTUBE_URL: rig.youtube.url,
    };
    const chosen = await runProgram(['select', id, '--frame', '2'], settings);
    assert.equal(chosen.code, 0, chosen.stderr);
    assert.match(chosen.stdout, /^Chosen for /);
    await until(handle, ({ stage }) => stage === 'UPLOADING', 'UPLOADING again');
    await holder.cancel();
    await holder.result().catch(() => undefined);
    lane.letGo();
    await publishes(handle, second, 2);
  });

  it('refuses another frame, in words, once the thumbnail is on its way to the channel', async () => {
    const { handle, id, best, second } = await waitingVideo(await recording('ms_SevenvsEight.mov'));
    const setting = Promise.withResolvers<void>();
    fault = (call) => {
      if (call !== 'thumbnails.set') return undefined;
      setting.resolve();
      return { kind: 'delay', ms: 2000 };
    };
    await selectThumbnail(rig.client, id, { frame: best });
    await setting.promise;
    await assert.rejects(
      selectThumbnail(rig.client, id, { frame: second }),
      (error) => error instanceof RefusedError && /too late to choose another frame/.test(error.message),
    );
    const { choice, changeable } = await statusOf(handle);
    assert.deepEqual([choice, changeable], [{ frame: best }, undefined]);
    await publishes(handle, best);
  });
});
