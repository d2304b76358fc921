import assert from 'node:assert/strict';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApplicationFailure } from '@temporalio/common';
import pino from 'pino';
import { watchDiskSpace } from '../../src/app/disk-space.ts';
import { resumeParked } from '../../src/app/resume-parked.ts';
import { announceVideos } from '../../src/cli/announcer.ts';
import type { Fault } from '../../src/local-youtube/fault.ts';
import { selectionRecord } from '../../src/stages/records.ts';
import { tellPage } from '../../src/studio/server/tell-page.ts';
import { asAttempt } from '../../src/temporal/activities/attempt.ts';
import { correctMatch, retryStage, selectThumbnail } from '../../src/temporal/client/control.ts';
import { watchVideos } from '../../src/temporal/client/watch/index.ts';
import type { VideoResult } from '../../src/temporal/names.ts';
import { runProgram } from '../support/program.ts';
import { type Rig, startRig, untilStage } from '../support/rig.ts';
import { smallMatch } from '../support/small-match.ts';

let seed = 950;

describe('the advice to a video that needs attention, followed literally', () => {
  let rig: Rig;
  let fault: ((call: string | undefined) => Fault | undefined) | undefined;
  /** Recordings whose first ranking hangs, and how each attempt at one failed. */
  const hanging = new Map<string, string[]>();
  /** Recordings that find no room. */
  const full = new Set<string>();
  before(async () => {
    const log = pino({ level: 'silent' });
    rig = await startRig({
      faults: ({ call }) => fault?.(call),
      around: (activities) => ({
        ...activities,
        prepareVideoActivity: (file, corrections) =>
          full.has(file)
            ? asAttempt({ store: rig.store, log }, async () => {
                throw Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' });
              })
            : activities.prepareVideoActivity(file, corrections),
        async rankThumbnailsActivity(file, topN) {
          const failures = hanging.get(file);
          if (failures?.length !== 0) return activities.rankThumbnailsActivity(file, topN);
          const hang = ({ signal }: { signal: AbortSignal }) => sleep(60_000, undefined, { signal });
          await asAttempt({ store: rig.store, log, stallTimeoutSeconds: () => 1 }, hang).catch((error) => {
            failures.push(error instanceof ApplicationFailure ? (error.type ?? '') : String(error));
            throw error;
          });
          throw new Error('it did not hang');
        },
      }),
    });
  });
  after(() => rig.close());
  const recording = (name: string) => smallMatch(path.join(rig.folder, 'input', name), { seed: seed++ });
  const record = (videoId: string, file: string) => path.join(rig.folder, 'workspaces', videoId, file);

  it('STALLED: it is tried again automatically', async () => {
    const file = await recording('ms_StallvsHang.mov');
    hanging.set(file, []);
    const handle = await rig.start(file);
    await untilStage(handle, 'WAITING_FOR_SELECTION');
    assert.deepEqual(hanging.get(file), ['STALLED']);
    await handle.cancel();
  });

  it('NO_SPACE: free some; terminal and studio say so, and the video is resumed', async (t) => {
    const file = await recording('ms_FullvsDisk.mov');
    full.add(file);
    let freeBytes = 0;
    const ended = new AbortController();
    t.after(() => ended.abort());
    const resuming = { client: rig.client, code: 'NO_SPACE', log: pino({ level: 'silent' }) } as const;
    const space = watchDiskSpace(rig.folder, () => void resumeParked({ ...resuming, signal: ended.signal }), {
      freeBytes: () => freeBytes,
      lookEvery: 50,
    });
    t.after(space.stop);
    const videos = watchVideos(rig.client, {
      failed: (error) => assert.fail(String(error)),
      otherTrouble: space.trouble,
      lookEvery: 50,
    });
    t.after(videos.close);
    const inStudio: unknown[] = [];
    const inTerminal: string[] = [];
    const page = tellPage(videos, (event, data) => event === 'trouble' && inStudio.push(data));
    t.after(page.end);
    t.after(announceVideos(videos, (sentence) => inTerminal.push(sentence)).stop);
    const handle = await rig.start(file);
    const { attention } = await untilStage(handle, 'NEEDS_ATTENTION');
    assert.deepEqual([attention?.code, attention?.reason], ['NO_SPACE', 'The disk is full: ENOSPC: no space left']);
    assert.match(attention?.action ?? '', /^Free some space/);
    const sentence = `The disk that holds ${rig.folder} is full. Free some space: until then videos wait or need attention.`;
    while (inStudio.length === 0 || !inTerminal.includes(sentence)) await sleep(20);
    assert.deepEqual(inStudio, [{ problem: sentence }]);
    full.delete(file);
    freeBytes = 10_000_000;
    await untilStage(handle, 'WAITING_FOR_SELECTION');
    while (inStudio.length < 2) await sleep(20);
    assert.deepEqual(inStudio[1], { problem: null });
    await handle.cancel();

    // One that finds no room just before there is some again is parked after the others were resumed.
    const late = await recording('ms_LatevsDisk.mov');
    full.add(late);
    const looks = [0, 3000];
    const resumed = resumeParked({ ...resuming, looks });
    const parkedLater = await rig.start(late);
    await untilStage(parkedLater, 'NEEDS_ATTENTION');
    full.delete(late);
    await untilStage(parkedLater, 'WAITING_FOR_SELECTION');
    await resumed;
    await parkedLater.cancel();
  });

  it('RECORD_INVALID, of a ranking while the choice is carried out: move the file away, then retry', async () => {
    const handle = await rig.start(await recording('ms_DamagedvsRanking.mov'));
    const { candidates } = await untilStage(handle, 'WAITING_FOR_SELECTION');
    const ranking = record(handle.workflowId, 'ranking.json');
    writeFileSync(ranking, '{');
    const chosen = candidates?.[1]?.frame ?? '';
    await selectThumbnail(rig.client, handle.workflowId, { frame: chosen });
    const { attention } = await untilStage(handle, 'NEEDS_ATTENTION');
    assert.deepEqual([attention?.code, attention?.stage], ['RECORD_INVALID', 'SELECTING']);
    assert.match(attention?.action ?? '', /^Move ranking\.json out of that folder, then retry/);
    renameSync(ranking, path.join(rig.folder, 'ranking.json'));
    await retryStage(rig.client, handle.workflowId);
    const { stage }: VideoResult = await handle.result();
    assert.equal(stage, 'COMPLETED');
    const { frame } = JSON.parse(readFileSync(record(handle.workflowId, selectionRecord.file), 'utf8'));
    assert.equal(frame, chosen);
  });

  it('STAGE_ORDER, where the workspace was deleted: retry, which keeps the corrections and the choice', async () => {
    const handle = await rig.start(await recording('ms_LostvsWorkspace.mov'));
    const { candidates } = await untilStage(handle, 'WAITING_FOR_SELECTION');
    const { workflowId } = handle;
    await correctMatch(rig.client, workflowId, { title: 'Corrected before it was lost' });
    fault = (call) => (call === 'videos.insert' ? { kind: 'answer', reason: 'forbidden' } : undefined);
    const chosen = candidates?.[1]?.frame ?? '';
    await selectThumbnail(rig.client, workflowId, { frame: chosen });
    await untilStage(handle, 'NEEDS_ATTENTION');
    fault = undefined;
    rmSync(path.join(rig.folder, 'workspaces', workflowId), { recursive: true });
    const parkedFor = async () => {
      const { attention } = await untilStage(handle, 'NEEDS_ATTENTION');
      return attention;
    };
    await retryStage(rig.client, workflowId);
    let attention = await parkedFor();
    for (let look = 0; attention?.code !== 'STAGE_ORDER' && look < 100; look += 1) {
      await sleep(50);
      attention = await parkedFor();
    }
    assert.match(attention?.action ?? '', /^A retry repeats the stages before this one/);
    await retryStage(rig.client, workflowId);
    const { title }: VideoResult = await handle.result();
    assert.equal(title, 'Corrected before it was lost');
    const { frame } = JSON.parse(readFileSync(record(workflowId, selectionRecord.file), 'utf8'));
    assert.equal(frame, chosen);
  });

  it('BAD_NAME: correct says that it is corrected, not that it is now called as its file', async () => {
    const handle = await rig.start(await recording('sunday.mov'));
    const { attention, next } = await untilStage(handle, 'NEEDS_ATTENTION');
    assert.equal(attention?.code, 'BAD_NAME');
    assert.match(next, new RegExp(`To try again: npx badminton retry ${handle.workflowId}`));
    const words = ['correct', handle.workflowId, '--type', 'md', '--teams', 'A/B vs C/D'];
    const { stdout, code } = await runProgram(words, rig.settings);
    assert.equal(code, 0);
    assert.match(stdout, new RegExp(`^${handle.workflowId} is corrected\\.\\nNext: Trying again with the correction`));
    await untilStage(handle, 'WAITING_FOR_SELECTION');
    const { stdout: status } = await runProgram(['status', handle.workflowId], rig.settings);
    assert.match(status, /^Machine: {4}.+ \(accepted the recording\)$/m);
    await handle.cancel();
  });
});
