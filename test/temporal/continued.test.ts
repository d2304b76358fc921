import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Context } from '@temporalio/activity';
import { type Client, type WorkflowHandle, WorkflowNotFoundError } from '@temporalio/client';
import type { UploadOrder } from '../../src/domain/upload-order.ts';
import { correctMatch, retryStage, selectThumbnail, undoSelection } from '../../src/temporal/client/control.ts';
import { describeVideo } from '../../src/temporal/client/progress.ts';
import { outcomeOfUpdate } from '../../src/temporal/client/update-outcome.ts';
import type { VideoSummary } from '../../src/temporal/client/videos.ts';
import { connect, embeddedTarget } from '../../src/temporal/connect.ts';
import type { VideoResult, VideoStatus } from '../../src/temporal/names.ts';
import { untilListed } from '../support/listed.ts';
import { type Rig, startRig, statusOf, until, untilStage } from '../support/rig.ts';
import { smallMatch } from '../support/small-match.ts';
import { changedWorkflow } from '../support/workflow-code.ts';

/** With these limits in a copy of the workflow, a run is as full after hundreds of messages as it is after thousands. */
const long = 120;
const full = 200;
let seed = 800;

describe('a video whose history becomes long', () => {
  let rig: Rig;
  /** As in the program: while a run ends, the server turns messages away, and they are sent again. */
  let client: Client;
  let folder: string;
  /** Activities wait for as long as it is set. */
  let held: Promise<void> | undefined;
  let heldActivity: 'uploadVideoActivity' | 'rankThumbnailsActivity' | undefined;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'badminton-continued-'));
    const file = 'temporal/workflows/long-history.ts';
    const bundle = await changedWorkflow(folder, file, [
      ['events: 4000', `events: ${long}`],
      ['events: 7000', `events: ${full}`],
    ]);
    rig = await startRig({
      bundle,
      settings: { BADMINTON_UPLOAD_EARLY: 'on' },
      around: (activities) => ({
        ...activities,
        async rankThumbnailsActivity(...args) {
          await hold('rankThumbnailsActivity');
          return activities.rankThumbnailsActivity(...args);
        },
        async uploadVideoActivity(...args) {
          const order = args[2] as UploadOrder | undefined;
          if (order?.early) await hold('uploadVideoActivity');
          return activities.uploadVideoActivity(...args);
        },
      }),
    });
    client = await connect(embeddedTarget(rig.server));
  });
  after(async () => {
    await client.connection.close();
    await rig.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Works without an end, as an attempt does: it shows that it is alive, and stops when it is cancelled. */
  async function hold(activity: typeof heldActivity): Promise<void> {
    if (heldActivity !== activity) return;
    const context = Context.current();
    const beat = setInterval(() => context.heartbeat({ note: 'held' }), 200);
    await Promise.race([held, context.cancelled]).finally(() => clearInterval(beat));
  }
  function holding(activity: NonNullable<typeof heldActivity>): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    [held, heldActivity] = [promise, activity];
    return () => {
      heldActivity = undefined;
      resolve();
    };
  }

  const start = async (name: string): Promise<WorkflowHandle> => {
    const first = await rig.start(await smallMatch(path.join(rig.folder, 'input', name), { seed: seed++ }));
    return client.workflow.getHandle(first.workflowId);
  };
  /** The histories of its runs, the first one first. */
  const runsOf = async ({ workflowId }: WorkflowHandle) => {
    const histories = [];
    // Messages that come while a worker is at work are in the history only after that; then a query is answered.
    await statusOf(client.workflow.getHandle(workflowId));
    let runId: string | undefined | null = (await client.workflow.getHandle(workflowId).describe()).runId;
    while (runId) {
      const { events } = await client.workflow.getHandle(workflowId, runId).fetchHistory();
      histories.unshift(events ?? []);
      runId = events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId;
    }
    return histories;
  };
  /** How often a title is on the channel. */
  const published = async (title: string) => {
    const page = await (await fetch(rig.youtube.url)).text();
    return page.split(title.replaceAll('&', '&amp;')).length - 1;
  };
  const signal = async (handle: WorkflowHandle, count: number) => {
    const { videoPath } = await statusOf(handle);
    for (let sent = 0; sent < count; sent += 1) {
      await handle.signal('thumbnailSelectedSignal', { videoPath, selectedFrame: 'none.jpg' });
    }
  };
  /** Sends signals until there is another run. A busy worker takes many at once, and so leaves fewer events for each. */
  const signalUntilContinued = async (handle: WorkflowHandle) => {
    const describe = () => client.workflow.getHandle(handle.workflowId).describe();
    const before = await describe();
    for (let now = before; now.runId === before.runId; now = await describe()) {
      // Its work takes a moment to stop, in which a test is faster than a thousand people.
      const isFull = now.historyLength >= full;
      if (isFull) await sleep(250);
      await signal(handle, isFull ? 1 : 20);
    }
  };
  /** What the server shows of a video without its worker, and the details that its worker shows. */
  const shownOf = async ({ workflowId }: WorkflowHandle) => {
    const handle = client.workflow.getHandle(workflowId);
    // A query is answered only after all messages so far.
    await statusOf(handle);
    const { memo, typedSearchAttributes } = await handle.describe();
    const attributes = new Map(typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value]));
    attributes.delete('TemporalChangeVersion');
    const { currentDetails } = await handle.query<{ currentDetails: string }>('__temporal_workflow_metadata');
    const video = await describeVideo(client, workflowId);
    return { memo, attributes, currentDetails, video: { ...video, runId: '' } };
  };

  it('is the same in its new runs, loses no message, and knows what was asked before', async () => {
    const handle = await start('ms_AnvsBo.mov');
    await untilStage(handle, 'WAITING_FOR_SELECTION');
    await until(handle, ({ privateUrl }) => privateUrl !== undefined, 'its early upload');
    await correctMatch(client, handle.workflowId, { tournament: 'Sunday Open' });
    const asked = { updateId: 'asked-before', args: [{ description: 'Said before.' }] as [object] };
    await handle.executeUpdate<VideoStatus, [object]>('correctMatch', asked);
    await selectThumbnail(client, handle.workflowId, { best: true, undoSeconds: 60 });
    await signal(handle, 1);
    await undoSelection(client, handle.workflowId);
    await signal(handle, 1);
    const shown = await shownOf(handle);
    const status = await statusOf(handle);
    const choices = async () => {
      for (let choice = 0; choice < 10; choice += 1) {
        await selectThumbnail(client, handle.workflowId, { best: true, undoSeconds: 60 });
        await undoSelection(client, handle.workflowId);
      }
    };
    await Promise.all([signal(handle, 200), choices()]);
    const runs = await runsOf(handle);
    assert.ok(runs.length >= 3, `${runs.length} runs`);
    for (const { length } of runs) assert.ok(length < 2 * full, `${length} events`);
    const events = runs.flat();
    assert.equal(events.filter((event) => event.workflowExecutionSignaledEventAttributes).length, 202);
    assert.equal(events.filter((event) => event.workflowExecutionUpdateCompletedEventAttributes).length, 24);
    assert.deepEqual(await statusOf(handle), status);
    assert.deepEqual(await shownOf(handle), shown);

    const { videoId } = await outcomeOfUpdate<VideoStatus>(client, handle.workflowId, 'asked-before');
    assert.equal(videoId, handle.workflowId);
    await assert.rejects(outcomeOfUpdate(client, handle.workflowId, 'never-asked'), WorkflowNotFoundError);

    const ofThis = (videos: readonly VideoSummary[]) => videos.filter(({ videoId }) => videoId === handle.workflowId);
    const listed = await untilListed(client, (videos) => ofThis(videos).length === 1);
    assert.equal(ofThis(listed).length, 1, 'only the newest run is the video');
    const frame = status.candidates?.[1]?.frame as string;
    await selectThumbnail(client, handle.workflowId, { frame });
    const { stage, title } = (await handle.result()) as VideoResult;
    assert.deepEqual([stage, title.includes('Sunday Open')], ['COMPLETED', true]);
    assert.equal(await published(title), 1);
  });

  it('stays parked, and is retried as before', async () => {
    const handle = await start('court 7.mov');
    await untilStage(handle, 'NEEDS_ATTENTION');
    await signal(handle, 1);
    const shown = await shownOf(handle);
    await signal(handle, 100);
    assert.ok((await runsOf(handle)).length >= 2);
    assert.deepEqual(await shownOf(handle), shown);
    await retryStage(client, handle.workflowId);
    await until(handle, ({ since, stage }) => stage === 'NEEDS_ATTENTION' && since > shown.video.since, 'the retry');
    await correctMatch(client, handle.workflowId, { matchType: 'ms', teams: [['An'], ['Bo']], tournament: 'Cup' });
    await untilStage(handle, 'WAITING_FOR_SELECTION');
    await handle.terminate();
  });

  it('interrupts an early upload only when there is no more room, and begins it again', async () => {
    const release = holding('uploadVideoActivity');
    const handle = await start('ms_EnvsFu.mov');
    await untilStage(handle, 'WAITING_FOR_SELECTION');
    await signalUntilContinued(handle);
    const runs = await runsOf(handle);
    assert.ok(runs.length >= 2);
    const [first = []] = runs;
    assert.ok(first.length >= full && first.length < 2 * full, `${first.length} events`);
    assert.ok(
      first.some((event) => event.activityTaskCanceledEventAttributes),
      'the upload was stopped first',
    );
    release();
    await until(handle, ({ privateUrl }) => privateUrl !== undefined, 'the early upload');
    await selectThumbnail(client, handle.workflowId, { best: true });
    const { title } = (await handle.result()) as VideoResult;
    assert.equal(await published(title), 1);
  });

  it('interrupts a stage only when there is no more room, and repeats it', async () => {
    const release = holding('rankThumbnailsActivity');
    const handle = await start('ms_GovsHi.mov');
    await untilStage(handle, 'RANKING');
    await selectThumbnail(client, handle.workflowId, { best: true });
    const { since } = await statusOf(handle);
    await signalUntilContinued(handle);
    const status = await statusOf(handle);
    assert.deepEqual([status.stage, status.since], ['RANKING', since]);
    assert.ok((await runsOf(handle)).length >= 2);
    release();
    const { stageSeconds, title } = (await handle.result()) as VideoResult;
    assert.deepEqual(Object.keys(stageSeconds).sort(), [
      'CLEANING_UP',
      'ENHANCING',
      'PREPARING',
      'RANKING',
      'SELECTING',
      'UPLOADING',
    ]);
    assert.equal(await published(title), 1);
  });

  it('heeds nobody who claims to continue another run', async () => {
    const file = await smallMatch(path.join(rig.folder, 'input', 'ms_JovsKu.mov'), { seed: seed++ });
    const handle = await client.workflow.start('processVideoWorkflow', {
      workflowId: 'claims-to-continue',
      taskQueue: 'badminton',
      args: [{ videoPath: file, carried: { version: 99 } }],
    });
    await untilStage(handle, 'WAITING_FOR_SELECTION');
    await handle.cancel();
    await assert.rejects(handle.result());
  });
});
