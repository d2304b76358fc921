import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { WorkflowFailedError } from '@temporalio/client';
import type { Fault } from '../../src/local-youtube/fault.ts';
import { correctMatch, retryStage, selectThumbnail } from '../../src/temporal/client/control.ts';
import { RefusedError } from '../../src/temporal/client/errors.ts';
import { describeVideo } from '../../src/temporal/client/progress.ts';
import { findVideo } from '../../src/temporal/client/videos.ts';
import type { VideoResult } from '../../src/temporal/names.ts';
import { listedVideo } from '../support/listed.ts';
import { publishedIds, type Rig, serverBinary, startRig, statusOf, until, untilStage } from '../support/rig.ts';
import { smallMatch } from '../support/small-match.ts';

const run = promisify(execFile);
let seed = 100;

describe('processVideoWorkflow on a real server', () => {
  let rig: Rig;
  let fault: ((call: string | undefined) => Fault | undefined) | undefined;
  before(async () => {
    rig = await startRig({ faults: ({ call }) => fault?.(call) });
  });
  after(() => rig.close());
  afterEach(() => {
    fault = undefined;
  });

  /** A recording with unique content. */
  const recording = (name: string) => smallMatch(path.join(rig.folder, 'input', name), { seed: seed++ });

  it('carries a recording through all stages to a published video', async () => {
    const file = await recording('md_DenzTuvsHuyzHa_cafe game.mov');
    const handle = await rig.start(file, { topN: 3 });
    const waiting = await untilStage(handle, 'WAITING_FOR_SELECTION');
    assert.equal(waiting.candidates?.length, 3);
    assert.ok(
      waiting.warnings.some((warning) => /pose model is switched off/.test(warning)),
      'a poor ranking says so',
    );
    assert.match(waiting.next, /badminton select/);
    assert.equal(waiting.title, 'Den/Tu vs Huy/Ha | Cafe Game (2026-11-21)');

    const taken = await selectThumbnail(rig.client, handle.workflowId, {
      frame: waiting.candidates?.[1]?.frame as string,
    });
    assert.match(taken.next, /thumbnail is drawn/);
    const result: VideoResult = await handle.result();
    assert.equal(result.stage, 'COMPLETED');
    assert.equal(result.rehearsal, true);
    assert.ok(result.thumbnail && existsSync(result.thumbnail));
    assert.ok((await publishedIds(rig)).includes(result.youtubeId));
    assert.ok(existsSync(file), 'a rehearsal leaves the recording where it is');

    const page = await (await fetch(result.watchUrl)).text();
    assert.match(page, /Den\/Tu vs Huy\/Ha/);
    const details = await listedVideo(rig.client, handle.workflowId, undefined, { stage: 'COMPLETED' });
    assert.equal(details.watchUrl, result.watchUrl);
  });

  it('reports what was published when the same content is started by a foreign client later', async () => {
    const first = await recording('ms_LeevsLin.mov');
    const handle = await rig.start(first, { selectionPolicy: 'best', selectionTimeoutSeconds: 0.01 });
    const published: VideoResult = await handle.result();
    const again = await smallMatch(path.join(rig.folder, 'input', 'ms_OthervsName.mov'), { seed: seed - 1 });
    const other = await rig.client.workflow.start('processVideoWorkflow', {
      workflowId: 'somebody-elses-id',
      taskQueue: 'badminton',
      args: [{ videoPath: again }],
    });
    const result: VideoResult = await other.result();
    assert.equal(result.publishedBefore, true);
    assert.equal(result.watchUrl, published.watchUrl);
    const ids = await publishedIds(rig);
    assert.equal(ids.filter((id) => id === published.youtubeId).length, 1);
  });

  it('refuses impossible choices, and changes nothing', async () => {
    const handle = await rig.start(await recording('ws_AnvsBinh.mov'));
    const before = await untilStage(handle, 'WAITING_FOR_SELECTION');
    const id = handle.workflowId;
    const refuses = (choice: object, pattern: RegExp) =>
      assert.rejects(handle.executeUpdate('selectThumbnail', { args: [choice] }), (error: Error) => {
        assert.match((error.cause as Error).message, pattern);
        return true;
      });
    await refuses({ frame: 'frame-none.jpg' }, /no candidate frame-none\.jpg/);
    await refuses({ atSeconds: 4000 }, /past its end/);
    await refuses({ atSeconds: -1 }, /before the start/);
    await refuses({ nonsense: true }, /A choice is one of/);
    await refuses({}, /A choice is one of/);
    assert.deepEqual(await statusOf(handle), before);

    await selectThumbnail(rig.client, id, { atSeconds: 1.5 });
    await handle.result();
    await assert.rejects(selectThumbnail(rig.client, id, { best: true }), RefusedError);
  });

  it('takes an early choice, and the last of several', async () => {
    const handle = await rig.start(await recording('wd_AnzBovsChizDu.mov'));
    await handle.executeUpdate('selectThumbnail', { args: [{ best: true }] });
    await handle.executeUpdate('selectThumbnail', { args: [{ atSeconds: 2 }] });
    const result: VideoResult = await handle.result();
    assert.equal(result.stage, 'COMPLETED');
    assert.equal(result.stageSeconds.WAITING_FOR_SELECTION, undefined, 'nobody had to be waited for');
  });

  it('takes a signal of the temporal command, and ignores one for another video with a warning', async () => {
    const file = await recording('xd_KhanhzVyvsZezTram.mov');
    const handle = await rig.start(file);
    const { candidates } = await untilStage(handle, 'WAITING_FOR_SELECTION');
    const temporal = await serverBinary();
    const signal = (input: object) =>
      run(temporal, [
        ...['workflow', 'signal', '--address', rig.server.address, '--workflow-id', handle.workflowId],
        ...['--name', 'thumbnailSelectedSignal', '--input', JSON.stringify(input)],
      ]);
    await signal({ videoPath: '/some/other.mov' });
    await signal({ videoPath: file, selectedFrame: 'frame-none.jpg' });
    const warned = await until(handle, ({ warnings }) => warnings.length >= 2, 'two warnings');
    assert.equal(warned.stage, 'WAITING_FOR_SELECTION');
    assert.ok(warned.warnings.some((warning) => warning.includes('/some/other.mov')));
    assert.ok(warned.warnings.some((warning) => warning.includes('frame-none.jpg')));

    await signal({ videoPath: file, selectedFrame: candidates?.[0]?.frame });
    assert.equal(((await handle.result()) as VideoResult).stage, 'COMPLETED');
  });

  it('is started by the temporal command with a path alone', async () => {
    const file = await recording('md_AzBvsCzD_Sunday.mov');
    const temporal = await serverBinary();
    await run(temporal, [
      ...['workflow', 'start', '--address', rig.server.address, '--workflow-id', 'from-the-shell'],
      ...[
        '--type',
        'processVideoWorkflow',
        '--task-queue',
        'badminton',
        '--input',
        JSON.stringify({ videoPath: file }),
      ],
    ]);
    const handle = rig.client.workflow.getHandle('from-the-shell');
    const waiting = await untilStage(handle, 'WAITING_FOR_SELECTION');
    assert.equal(waiting.candidates?.length, rig.config.TOP_N);
    const twin = await rig.start(file);
    const parked = await untilStage(twin, 'NEEDS_ATTENTION');
    assert.equal(parked.attention?.code, 'ALREADY_PROCESSED_ELSEWHERE');
    await twin.cancel();
    await assert.rejects(twin.result(), WorkflowFailedError);
    await handle.signal('thumbnailSelectedSignal', { videoPath: file });
    assert.equal(((await handle.result()) as VideoResult).stage, 'COMPLETED');
  });

  it('takes the best frame or cancels when time is up, as the policy says; keeps waiting by default', async () => {
    const best = await rig.start(await recording('ms_AnvsBo.mov'), {
      selectionPolicy: 'best',
      selectionTimeoutSeconds: 0.3,
    });
    const cancelled = await rig.start(await recording('ms_ChivsDu.mov'), {
      selectionPolicy: 'cancel',
      selectionTimeoutSeconds: 0.3,
    });
    const waits = await rig.start(await recording('ms_EvsGiang.mov'), { selectionTimeoutSeconds: 0.3 });
    assert.equal(((await best.result()) as VideoResult).stage, 'COMPLETED');
    await assert.rejects(cancelled.result(), WorkflowFailedError);
    assert.equal((await cancelled.describe()).status.name, 'CANCELLED');
    assert.equal((await findVideo(rig.client, cancelled.workflowId)).stage, 'CANCELLED');
    await untilStage(waits, 'WAITING_FOR_SELECTION');
    await new Promise((resolve) => setTimeout(resolve, 600));
    assert.equal((await statusOf(waits)).stage, 'WAITING_FOR_SELECTION');
    await waits.cancel();
  });

  it('tries a failing stage a few times, parks, and resumes after a retry without repeating work', async () => {
    fault = (call) => (call === 'videos.update' ? { kind: 'answer', status: 503 } : undefined);
    const handle = await rig.start(await recording('md_GzHvsIzK.mov'), {
      selectionPolicy: 'best',
      selectionTimeoutSeconds: 0.01,
    });
    await assert.rejects(retryStage(rig.client, handle.workflowId), RefusedError);
    const parked = await untilStage(handle, 'NEEDS_ATTENTION');
    assert.equal(parked.attention?.stage, 'UPLOADING');
    assert.ok(parked.attention?.reason && parked.attention.action);
    const shown = await listedVideo(rig.client, handle.workflowId, undefined, { stage: 'NEEDS_ATTENTION' });
    assert.equal(shown.attention?.reason, parked.attention?.reason);
    const uploaded = await publishedIds(rig);

    fault = undefined;
    await retryStage(rig.client, handle.workflowId);
    const result: VideoResult = await handle.result();
    assert.ok(uploaded.includes(result.youtubeId), 'the bytes that were there were not sent again');
    assert.equal((await publishedIds(rig)).length, uploaded.length);
  });

  it('parks at once what a retry cannot fix: a broken file', async () => {
    const file = path.join(rig.folder, 'input', 'md_LzMvsNzO.mov');
    writeFileSync(file, 'not a video at all');
    const handle = await rig.start(file);
    const parked = await untilStage(handle, 'NEEDS_ATTENTION');
    assert.equal(parked.attention?.code, 'NOT_A_VIDEO');
    assert.equal(parked.attention?.stage, 'PREPARING');
    await handle.cancel();
    await assert.rejects(handle.result(), WorkflowFailedError);
  });

  it('resumes a video whose name is outside the grammar once the match is corrected', async () => {
    const handle = await rig.start(await recording('IMG_4711.mov'), {
      selectionPolicy: 'best',
      selectionTimeoutSeconds: 0.01,
    });
    const parked = await untilStage(handle, 'NEEDS_ATTENTION');
    assert.equal(parked.attention?.code, 'BAD_NAME');
    await assert.rejects(handle.executeUpdate('correctMatch', { args: [{ title: 'a < b' }] }), (error: Error) =>
      /</.test((error.cause as Error).message),
    );
    await correctMatch(rig.client, handle.workflowId, {
      matchType: 'md',
      teams: [
        ['Phượng', 'Ánh'],
        ['Leo', 'Khánh'],
      ],
      tournament: 'Open',
      privacy: 'public',
    });
    const result: VideoResult = await handle.result();
    assert.equal(result.title, 'Phượng/Ánh vs Leo/Khánh | Open (2026-11-21)');
    await assert.rejects(correctMatch(rig.client, handle.workflowId, { title: 'too late' }), RefusedError);
  });

  it('takes a corrected date, and refuses an impossible one', async () => {
    const handle = await rig.start(await recording('md_DzEvsFzG.mov'));
    assert.equal((await untilStage(handle, 'WAITING_FOR_SELECTION')).recordedOn, '2026-11-21');
    for (const date of ['2026-02-29', '2999-01-01', '1904-01-01']) {
      await assert.rejects(handle.executeUpdate('correctMatch', { args: [{ date }] }), (error: Error) => {
        assert.match((error.cause as Error).message, new RegExp(`${date}.* (no day|in the future|before)`));
        return true;
      });
    }
    const { title, recordedOn } = await correctMatch(rig.client, handle.workflowId, { date: '2026-11-20' });
    assert.deepEqual([title, recordedOn], ['D/E vs F/G | Cafe Game (2026-11-20)', '2026-11-20']);
    const details = await describeVideo(rig.client, handle.workflowId);
    assert.deepEqual([details.title, details.recordedOn], [title, '2026-11-20'], 'readable without a worker');
    await selectThumbnail(rig.client, handle.workflowId, { best: true });
    assert.equal(((await handle.result()) as VideoResult).title, title);
  });

  it('takes the last frame for a moment at the very end of the recording', async () => {
    const handle = await rig.start(await recording('md_PzQvsRzS.mov'));
    await handle.executeUpdate('selectThumbnail', { args: [{ atSeconds: 3.999 }] });
    const result: VideoResult = await handle.result();
    assert.equal(result.stage, 'COMPLETED', 'the last frame stands for a moment right at the end');
  });

  it('drops an early choice past the end of the recording, says so, and waits', async () => {
    const handle = await rig.start(await recording('md_TzUvsVzX.mov'));
    const early = await handle.executeUpdate('selectThumbnail', { args: [{ atSeconds: 999 }] }).catch(() => undefined);
    const waiting = await untilStage(handle, 'WAITING_FOR_SELECTION');
    if (early) assert.ok(waiting.warnings.some((warning) => /past its end/.test(warning)));
    await handle.cancel();
  });

  it('keeps two recordings with the same name apart', async () => {
    const one = await smallMatch(path.join(rig.folder, 'a', 'md_AzBvsCzD.mov'), { seed: seed++ });
    const two = await smallMatch(path.join(rig.folder, 'b', 'md_AzBvsCzD.mov'), { seed: seed++ });
    const input = { selectionPolicy: 'best', selectionTimeoutSeconds: 0.01 } as const;
    const handles = [await rig.start(one, input), await rig.start(two, input)];
    const joined = await rig.start(one, input);
    assert.equal(joined.workflowId, handles[0]?.workflowId);
    const results = await Promise.all(handles.map((handle) => handle.result() as Promise<VideoResult>));
    assert.notEqual(results[0]?.youtubeId, results[1]?.youtubeId);
  });

  it('still waits after a worker restart', async () => {
    const handle = await rig.start(await recording('ms_TuvsHa.mov'));
    const before = await untilStage(handle, 'WAITING_FOR_SELECTION');
    await rig.restartWorker();
    assert.deepEqual(await statusOf(handle), before);
    await selectThumbnail(rig.client, handle.workflowId, { frame: before.candidates?.[0]?.frame as string });
    assert.equal(((await handle.result()) as VideoResult).stage, 'COMPLETED');
  });

  it('refuses an input without a recording', async () => {
    const handle = await rig.client.workflow.start('processVideoWorkflow', {
      workflowId: 'nothing',
      taskQueue: 'badminton',
      args: [{}],
    });
    await assert.rejects(handle.result(), WorkflowFailedError);
  });
});
