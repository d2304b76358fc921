import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { announceVideos } from '../../src/cli/announcer.ts';
import {
  type Trouble,
  type VideoChanges,
  type VideoSubscriber,
  type VideoWatch,
  type WatchOptions,
  watchVideos,
} from '../../src/temporal/client/watch/index.ts';
import { connect, embeddedTarget } from '../../src/temporal/connect.ts';
import { encrypted, startForeignVideo } from '../support/foreign-video.ts';
import { openGate } from '../support/gate.ts';
import { type Rig, startRig, untilStage } from '../support/rig.ts';
import { sampleRecording } from '../support/sample-recording.ts';

const list = 'ListWorkflowExecutions';
let rig: Rig;

describe('the one watch of videos', () => {
  before(async () => {
    rig = await startRig();
  });
  after(() => rig.close());

  it('reports a deleted video at most once, nothing about the server, and other videos as before', async (t) => {
    const { said, videos } = announce(t);
    const alsoSaid: string[] = [];
    announceVideos(videos, (message) => alsoSaid.push(message));
    const doomed = await waitingVideo();
    const lost = await startForeignVideo(rig.client, {});
    await until(() => said.length > 0);
    said.length = 0;
    alsoSaid.length = 0;
    for (const workflowId of [doomed, lost]) await remove(workflowId);
    await until(async () => said.length > 0);
    await looks(20);
    const other = await waitingVideo();
    await until(() => said.at(-1)?.includes(other) ?? false);
    const end = /^- .* (was cancelled|is gone: its workflow was deleted)\.$/;
    const ends = said.slice(0, -1);
    for (const sentence of ends) assert.match(sentence, end);
    const titled = ends.filter((sentence) => sentence.includes('Khanh/Leo vs Huy/Viet'));
    assert.equal(titled.length, 1, said.join('\n'));
    assert.ok(ends.filter((sentence) => sentence.includes(lost)).length <= 1, said.join('\n'));
    assert.deepEqual(alsoSaid, said);
    await rig.client.workflow.getHandle(other).terminate();
  });

  it('reports once that a server is away, and once that it is back', async (t) => {
    const gate = await openGate(rig.server.address);
    t.after(() => gate.shut());
    const client = await connect({ ...embeddedTarget(rig.server), connection: { address: gate.address } });
    t.after(() => client.connection.close());
    const troubles: (Trouble | undefined)[] = [];
    const { said, videos } = announce(t, client, { answerWithin: 500 });
    videos.subscribe(recorder({ trouble: (problem) => troubles.push(problem) }));
    const ofServer = () => said.filter((sentence) => sentence.startsWith('Temporal '));
    const waiting = await waitingVideo();
    await until(() => said.some((sentence) => sentence.includes(waiting)));
    await gate.shut();
    await until(() => ofServer().at(-1)?.startsWith('Temporal is not answering at the moment: ') ?? false);
    const sentences = ofServer().length;
    // Several looks fail meanwhile.
    await sleep(5000);
    assert.equal(ofServer().length, sentences);
    await gate.open();
    await until(() => ofServer().at(-1) === 'Temporal is answering again.');
    // On a busy machine it may also have been away for a moment before.
    for (const [index, sentence] of ofServer().entries()) {
      assert.match(sentence, index % 2 === 0 ? /is not answering/ : /is answering again/);
      assert.equal(troubles[index]?.isAway, index % 2 === 0 ? true : undefined);
    }
    const told = said.filter((sentence) => sentence.includes(waiting));
    assert.equal(told.length, 1, 'what was told before is not told again');
    await rig.client.workflow.getHandle(waiting).terminate();
    await until(() => said.some((sentence) => sentence.includes('was terminated on the server')));
  });

  it('reports nothing about a video whose fate the server does not tell, then reports it once', async (t) => {
    const failing = { now: true };
    const { said } = announce(t, failingToDescribe(failing));
    const waiting = await waitingVideo();
    await until(() => said.some((sentence) => sentence.includes(waiting)));
    said.length = 0;
    await rig.client.workflow.getHandle(waiting).terminate();
    const other = await waitingVideo('ms_DenvsTu.mov');
    await until(() => said.length > 0);
    await looks(5);
    assert.equal(said.length, 1);
    assert.ok(said[0]?.includes(other), said[0]);
    failing.now = false;
    await until(() => said.length > 1);
    await looks(5);
    assert.equal(said.length, 2);
    assert.match(said[1] ?? '', /^! Khanh.* ended: It was terminated on the server: /);
    await rig.client.workflow.getHandle(other).terminate();
  });

  it('reports that a server is away that stops answering between two questions', async (t) => {
    const failing = { now: false, code: 4 };
    const videos = watch(t, failingToDescribe(failing));
    const troubles: (Trouble | undefined)[] = [];
    const seen = recorder({ trouble: (problem) => troubles.push(problem) });
    const { look } = videos.subscribe(seen);
    const waiting = await waitingVideo();
    look([waiting]);
    await looks(5);
    assert.deepEqual(troubles, []);
    failing.now = true;
    await until(() => troubles.length > 0);
    assert.deepEqual(troubles, [{ isAway: true, reason: 'no answer came in time.' }]);
    let late: Trouble | undefined;
    const { end } = videos.subscribe(recorder({ trouble: (problem) => (late = problem) }));
    assert.equal(late?.isAway, true, 'who joins is told at once');
    end();
    failing.now = false;
    await until(() => troubles.length > 1);
    assert.equal(troubles[1], undefined);
    await rig.client.workflow.getHandle(waiting).terminate();
  });

  it('is not affected by a subscriber that throws, and reports what it threw', async (t) => {
    const failures: unknown[] = [];
    const videos = watch(t, rig.client, { failed: (error) => failures.push(error) });
    videos.subscribe(
      recorder({
        changed: () => {
          throw new Error('a page that is gone');
        },
      }),
    );
    const changes: VideoChanges[] = [];
    videos.subscribe(recorder({ changed: (told) => changes.push(told) }));
    const id = await startForeignVideo(rig.client, { note: encrypted });
    await until(() => changes.some(({ changed }) => changed.some(({ videoId }) => videoId === id)));
    assert.ok(failures.some((error) => (error as Error).message === 'a page that is gone'));
    await rig.client.workflow.getHandle(id).terminate();
  });

  it('queries once for all, for ended videos only if somebody wants them, and never while nobody listens', async (t) => {
    const videos = watch(t, rig.client, { lookEvery: 600_000 });
    const asked = rig.callsOf(list);
    const told: VideoChanges[][] = [[], [], [], []];
    const subscribe = (index: number, scope: VideoSubscriber['scope']) =>
      videos.subscribe(recorder({ scope, changed: (changes) => told[index]?.push(changes) }));
    const [first, second] = [subscribe(0, 'running'), subscribe(1, 'running')];
    await until(() => told[0]?.length === 1 && told[1]?.length === 1);
    assert.equal(rig.callsOf(list) - asked, 1);
    const page = subscribe(2, 'all');
    await until(() => told[2]?.length === 1);
    assert.equal(rig.callsOf(list) - asked, 2);
    const third = subscribe(3, 'running');
    assert.equal(told[3]?.length, 1, 'at once, of what is known');
    assert.equal(rig.callsOf(list) - asked, 2);
    const ended = (index: number) =>
      told[index]?.flatMap(({ changed }) => changed).filter(({ stage }) => stage === 'CANCELLED');
    assert.deepEqual([ended(0), ended(3)], [[], []]);
    assert.ok((ended(2)?.length ?? 0) > 0);
    for (const { end } of [first, second, page, third]) end();

    const quick = watch(t);
    const only = quick.subscribe(recorder({}));
    await looks(3);
    only.end();
    await sleep(200);
    const before = rig.callsOf(list);
    await sleep(500);
    assert.equal(rig.callsOf(list), before);
  });
});

type Ends = { after(end: () => unknown): void };

function watch(t: Ends, client = rig.client, options: Partial<WatchOptions> = {}): VideoWatch {
  const failed = (error: unknown) => assert.fail(String(error));
  const videos = watchVideos(client, { failed, lookEvery: 50, ...options });
  t.after(() => videos.close());
  return videos;
}

function announce(t: Ends, client?: Client, options?: Partial<WatchOptions>) {
  const videos = watch(t, client, options);
  const said: string[] = [];
  announceVideos(videos, (message) => said.push(message));
  return { said, videos };
}

const recorder = (own: Partial<VideoSubscriber>): VideoSubscriber => ({
  scope: 'running',
  changed: () => undefined,
  trouble: () => undefined,
  ...own,
});

/** The same client, but for now the server cannot describe: by default INTERNAL of gRPC. */
function failingToDescribe(failing: { now: boolean; code?: number }): Client {
  const { workflowService } = rig.client;
  const describeWorkflowExecution = (...args: Parameters<typeof workflowService.describeWorkflowExecution>) =>
    failing.now
      ? Promise.reject(Object.assign(new Error('of gRPC'), { code: failing.code ?? 13, details: 'disk', metadata: {} }))
      : workflowService.describeWorkflowExecution(...args);
  const value = Object.create(workflowService, { describeWorkflowExecution: { value: describeWorkflowExecution } });
  return Object.create(rig.client, { workflowService: { value } });
}

async function waitingVideo(name?: string): Promise<string> {
  const handle = await rig.start(await sampleRecording(rig.folder, name));
  await untilStage(handle, 'WAITING_FOR_SELECTION');
  return handle.workflowId;
}

const remove = (workflowId: string) =>
  rig.client.workflowService.deleteWorkflowExecution({
    namespace: rig.client.options.namespace,
    workflowExecution: { workflowId },
  });

/** Waits until this many more looks have been made. */
async function looks(count: number): Promise<void> {
  const enough = rig.callsOf(list) + count;
  await until(() => rig.callsOf(list) >= enough);
}

async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await sleep(50)) if (await what()) return;
  assert.fail('waited in vain');
}
