import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApplicationFailure, Context } from '@temporalio/activity';
import type { Client, WorkflowHandle } from '@temporalio/client';
import { serveStudio } from '../../../src/app/studio/serve-studio.ts';
import { retryStage, selectThumbnail } from '../../../src/temporal/client/control.ts';
import { describeVideo } from '../../../src/temporal/client/progress.ts';
import { requireReadableVideos } from '../../../src/temporal/client/unreadable-videos.ts';
import { findVideo } from '../../../src/temporal/client/videos.ts';
import { connect, embeddedTarget } from '../../../src/temporal/connect.ts';
import { thumbnailSelectedSignalName, type VideoResult, workflowType } from '../../../src/temporal/names.ts';
import { dataConverterWith } from '../../../src/temporal/payloads/data-converter.ts';
import { atEnd, temporaryFolder } from '../../support/clean-up.ts';
import { listedVideo } from '../../support/listed.ts';
import { runProgram } from '../../support/program.ts';
import { publishedIds, type Rig, startRig, untilStage } from '../../support/rig.ts';
import { sampleRecording } from '../../support/sample-recording.ts';

/** What people and programs wrote is kept as bytes. */
function textsOf(value: unknown): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('latin1');
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.values(value).map(textsOf).join('\n');
}

/** Everything the server answers about a video, as any other program gets it. */
async function allAnswers({ workflowService, options: { namespace } }: Client, workflowId: string): Promise<string> {
  const execution = { workflowId };
  return textsOf([
    await workflowService.describeWorkflowExecution({ namespace, execution }),
    await workflowService.getWorkflowExecutionHistory({ namespace, execution }),
    await workflowService.listWorkflowExecutions({ namespace }),
  ]);
}

describe('a video whose payloads are encrypted', () => {
  let rig: Rig;
  let keys: string;
  /** Only somebody without a key: as a foreign client. */
  let plain: Client;
  let held: PromiseWithResolvers<void> | undefined;
  const name = 'md_QuokkazZebravsIbexxzYakko_Walrus Cup.mov';
  const secrets = ['Quokka', 'Zebra', 'Ibexx', 'Yakko', 'Walrus', 'Pangolin'];
  const showsNothing = (text: string, where: string) => {
    for (const secret of secrets) assert.ok(!text.includes(secret), `${where}: ${secret}`);
  };

  before(async () => {
    keys = mkdtempSync(path.join(tmpdir(), 'badminton-keys-'));
    const keyFile = path.join(keys, 'payload-keys');
    writeFileSync(keyFile, `k1 ${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
    rig = await startRig({
      settings: { BADMINTON_PAYLOAD_KEY_FILE: keyFile },
      around: (activities) => ({
        ...activities,
        async rankThumbnailsActivity(videoPath, topN) {
          if (!held) return activities.rankThumbnailsActivity(videoPath, topN);
          const { info, heartbeat } = Context.current();
          const failed = ApplicationFailure.retryable(`${videoPath} cannot be seen`, 'SOME');
          if (info.attempt === 1) throw failed;
          heartbeat({ note: `looks at ${videoPath}` });
          await held.promise;
          throw failed;
        },
      }),
    });
    plain = await connect(embeddedTarget(rig.server));
  });
  after(async () => {
    await plain.connection.close();
    await rig.close();
    rmSync(keys, { recursive: true, force: true });
  });

  it('shows neither path nor names to the server, and all of it to those who have the key', async (t) => {
    held = Promise.withResolvers();
    const file = await sampleRecording(path.join(rig.folder, 'Pangolin'), name);
    const handle = await rig.start(file, { corrections: { description: 'Zebra won' } });
    const { workflowId } = handle;

    let step: Awaited<ReturnType<typeof describeVideo>>['step'];
    while (!step?.progress?.note.startsWith('looks')) {
      ({ step } = await describeVideo(rig.client, workflowId));
      await sleep(100);
    }
    assert.deepEqual([step.progress.note, step.lastError], [`looks at ${file}`, `${file} cannot be seen`]);
    const { pendingActivities } = await rig.client.workflowService.describeWorkflowExecution({
      namespace: 'default',
      execution: { workflowId },
    });
    assert.match(textsOf(pendingActivities), /Encoded failure/);
    assert.match(textsOf(pendingActivities), /binary\/encrypted/);
    showsNothing(textsOf(pendingActivities), 'heartbeat or last failure');
    held.resolve();
    const { attention } = await untilStage(handle, 'NEEDS_ATTENTION');
    assert.equal(attention?.reason, `${file} cannot be seen`);
    held = undefined;
    await retryStage(rig.client, workflowId);
    await untilStage(handle, 'WAITING_FOR_SELECTION');

    for (const [command, ...rest] of [['status', name], ['pending'], ['replay', name]] as const) {
      const { stdout, stderr, code } = await runProgram([command, ...rest], rig.settings);
      assert.equal(code, 0, stderr);
      assert.ok(stdout.includes('Quokka'), `${command}: ${stdout}${stderr}`);
    }
    const { current, client, videos, store, startVideo } = rig;
    const target = { namespace: 'default' };
    const settings = { ...current, now: () => ({ ...current.now(), STUDIO_PORT: 0 }) };
    const studio = await serveStudio({
      ...{ settings, client, videos, store, startVideo, target, onNetwork: false },
      say: () => undefined,
    });
    atEnd(t, studio.close);
    const board = await (await fetch(new URL('/api/videos', studio.url))).json();
    assert.match(JSON.stringify(board), /Quokka\/Zebra vs Ibexx\/Yakko \| Walrus Cup/);

    await selectThumbnail(client, workflowId, { best: true });
    const result: VideoResult = await handle.result();
    assert.match(result.title, /^Quokka\/Zebra vs Ibexx\/Yakko/);
    const wrongInput = await client.workflow.start(workflowType, {
      ...{ taskQueue: 'badminton', workflowId: 'with-a-wrong-input' },
      args: [{ videoPath: file, templateName: 'Walrus ?' }],
    });
    await assert.rejects(wrongInput.result());
    const { ended } = await listedVideo(client, wrongInput.workflowId, (video) => video.ended !== undefined);
    assert.match(ended?.reason ?? '', /templateName/);

    for (const id of [workflowId, wrongInput.workflowId]) {
      const answers = await allAnswers(client, id);
      assert.match(answers, /binary\/encrypted/);
      showsNothing(answers, `the answers about ${id}`);
    }
    const database = readdirSync(rig.folder, { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.startsWith('temporal') && /\.db|sqlite|-wal/.test(file),
    );
    assert.ok(database.length > 0);
    for (const file of database) showsNothing(readFileSync(path.join(rig.folder, file), 'latin1'), file);
  });

  it('waits for a worker with the key, and is refused by one without', async (t) => {
    const videoPath = await sampleRecording(rig.folder, 'ms_QuokkavsIbexx.mov');
    const handle = await rig.start(videoPath);
    await untilStage(handle, 'WAITING_FOR_SELECTION');
    const missing = /"k1", which this machine does not have\. Add that key to the file that BADMINTON_PAYLOAD_KEY_FILE/;
    await assert.rejects(requireReadableVideos(plain, 'badminton'), missing);
    const { BADMINTON_PAYLOAD_KEY_FILE: _, ...keyless } = rig.settings;
    const other = { ...keyless, BADMINTON_DATA_DIR: await temporaryFolder(t) };
    const refused = await runProgram(['worker'], other);
    assert.deepEqual([refused.code, refused.stdout], [1, '']);
    assert.match(refused.stderr, missing);
    assert.match((await listedVideo(plain, handle.workflowId)).next, missing);
    const { stdout } = await runProgram(['doctor'], other);
    assert.match(stdout, /WRONG +Payloads +1 running videos cannot be read/);

    // One that was running before the first encrypted video is given work nonetheless.
    await rig.restartWorker(dataConverterWith());
    await handle.signal(thumbnailSelectedSignalName, { videoPath });
    while (!rig.worker.unreadable()) await sleep(50);
    assert.match(rig.worker.unreadable() ?? '', missing);
    assert.equal((await handle.describe()).status.name, 'RUNNING');
    await rig.restartWorker();
    assert.equal(rig.worker.unreadable(), undefined);
    assert.equal((await (handle as WorkflowHandle).result()).stage, 'COMPLETED');
  });

  it('may have begun without: with a plain history, and started by a client without a key', async () => {
    await rig.restartWorker(dataConverterWith());
    const file = await sampleRecording(rig.folder, 'wd_GnuzIbexxvsQuokkazYakko.mov');
    const start = (workflowId: string) =>
      plain.workflow.start(workflowType, {
        ...{ taskQueue: 'badminton', workflowId },
        args: [{ videoPath: file, hostId: rig.hostId }],
      });
    const before = await start('begun-before-the-key');
    await untilStage(before, 'WAITING_FOR_SELECTION');
    await rig.restartWorker();
    await listedVideo(rig.client, before.workflowId);
    const waiting = await findVideo(rig.client, 'wd_GnuzIbexxvsQuokkazYakko.mov');
    assert.equal(waiting.videoId, before.workflowId);
    await selectThumbnail(rig.client, before.workflowId, { best: true });
    const result: VideoResult = await rig.client.workflow.getHandle(before.workflowId).result();
    assert.match(result.title, /^Gnu\/Ibexx/);
    // A client without the key started it, but what comes of it is encrypted.
    await assert.rejects(before.result(), /BADMINTON_PAYLOAD_KEY_FILE/);

    const again = await start('started-without-a-key');
    const found: VideoResult = await rig.client.workflow.getHandle(again.workflowId).result();
    assert.deepEqual([found.publishedBefore, found.youtubeId], [true, result.youtubeId]);
    assert.equal((await publishedIds(rig)).filter((id) => id === result.youtubeId).length, 1);
  });
});
