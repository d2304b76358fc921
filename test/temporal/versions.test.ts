import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, WorkflowHandle } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import pino from 'pino';
import { cacheFolder } from '../../src/app/cache-folder.ts';
import { type LocalYouTube, startLocalYouTube } from '../../src/local-youtube/local-youtube.ts';
import { workflowBundle } from '../../src/temporal/bundle.ts';
import type { HostSummary } from '../../src/temporal/client/hosts.ts';
import { connect, embeddedTarget } from '../../src/temporal/connect.ts';
import { type EmbeddedServer, startEmbeddedServer } from '../../src/temporal/server/embedded.ts';
import { answers } from '../../src/temporal/server/server-process.ts';
import { describeDeployment } from '../../src/temporal/versions/deployment.ts';
import { keepCurrent } from '../../src/temporal/versions/keep-current.ts';
import { buildIdOf, ownVersion, readBuildId } from '../../src/temporal/versions/program-version.ts';
import { installRuntime } from '../../src/temporal/worker.ts';
import { programWithOneStepMore } from '../support/changed-program.ts';
import { freePort, launcher, type Program, runProgram, startProgram } from '../support/program.ts';
import { publishedIds, serverBinary, untilStage } from '../support/rig.ts';
import { smallMatch } from '../support/small-match.ts';

/** Two machines: court-1 has this program until it is updated, court-2 one whose workflow takes a step more. */
describe('two programs on one queue, one with a change more', () => {
  let folder: string;
  let server: EmbeddedServer;
  let youtube: LocalYouTube;
  let client: Client;
  let newer: string;
  const programs = new Set<Program>();

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'badminton-versions-'));
    newer = programWithOneStepMore(path.join(folder, 'newer'));
    server = await startEmbeddedServer({ dataFolder: folder, port: 0, uiPort: 0, binary: serverBinary });
    youtube = await startLocalYouTube({ folder: path.join(folder, 'youtube'), processingMs: 20 });
    client = await connect(embeddedTarget(server));
  });
  after(async () => {
    await Promise.all([...programs].map((one) => one.kill()));
    await client.connection.close();
    await youtube.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const settingsOf = (court: string) => ({
    BADMINTON_DATA_DIR: path.join(folder, court),
    BADMINTON_YOUTUBE_URL: youtube.url,
    BADMINTON_SHUTDOWN_GRACE: '100ms',
    BADMINTON_RETRY_INTERVAL: '100ms',
    TEMPORAL_ADDRESS: server.address,
  });
  const turnOn = async (court: string, program: string) => {
    const worker = startProgram(['worker'], settingsOf(court), { program });
    programs.add(worker);
    await worker.printed('Working for');
    return worker;
  };
  const turnOff = async (worker: Program) => {
    programs.delete(worker);
    await worker.interrupt();
  };
  const recording = (court: string, name: string, seed: number) =>
    smallMatch(path.join(folder, `recordings of ${court}`, name), { seed });
  /** As a client in any language. While both run, each sees the other's recordings: then it names the machine. */
  const start = (videoPath: string, court?: string): Promise<WorkflowHandle> =>
    client.workflow.start('processVideoWorkflow', {
      workflowId: path.basename(videoPath),
      taskQueue: 'badminton',
      args: [{ videoPath, ...(court && { hostId: idOf(court) }) }],
    });
  const choose = (handle: WorkflowHandle) =>
    client.withDeadline(Date.now() + 20_000, () => handle.executeUpdate('selectThumbnail', { args: [{ best: true }] }));
  /** In the order of the courts. */
  const hosts = async (): Promise<HostSummary[]> => {
    const { stdout, stderr } = await runProgram(['hosts', '--json'], settingsOf('court-2'));
    assert.equal(stderr, '');
    const found: HostSummary[] = JSON.parse(stdout).hosts;
    return found.sort((a, b) => Number(a.id !== idOf('court-1')) - Number(b.id !== idOf('court-1')));
  };
  const idOf = (court: string) => readFileSync(path.join(folder, court, 'host-id'), 'utf8').trim();
  const currentBuildId = async () => (await describeDeployment(client, 'badminton')).currentBuildId;
  const currentChanges = async () => readBuildId((await currentBuildId()) ?? '')?.changes;

  it('finishes videos begun on either, and an old machine that is switched on takes none back', async () => {
    const [ofOld, ofBoth, ofNew] = await Promise.all([
      recording('court-1', 'ms_An1vsBo.mov', 901),
      recording('court-1', 'ms_An2vsBo.mov', 902),
      recording('court-2', 'ms_An3vsBo.mov', 903),
    ]);
    const { changes } = ownVersion();

    let court1 = await turnOn('court-1', launcher);
    assert.equal(await currentBuildId(), buildIdOf(ownVersion()));
    const old = await start(ofOld);
    await untilStage(old, 'WAITING_FOR_SELECTION');
    await turnOff(court1);

    // The change happens while court-1 is off.
    const court2 = await turnOn('court-2', newer);
    assert.equal(await currentChanges(), changes + 1);
    const fresh = await start(ofNew, 'court-2');
    await untilStage(fresh, 'WAITING_FOR_SELECTION');

    court1 = await turnOn('court-1', launcher);
    await court1.printed('is older than the one that runs the videos');
    assert.equal(await currentChanges(), changes + 1);
    const { stdout: found } = await runProgram(['doctor'], settingsOf('court-1'));
    assert.match(found, /^WRONG +Program +The program on this machine, .* is older than the one that runs the videos/m);
    const [ofCourt1, ofCourt2] = await hosts();
    assert.deepEqual([ofCourt1?.state, ofCourt2?.state], ['running', 'running']);
    assert.deepEqual([ofCourt1?.runsVideos, ofCourt2?.runsVideos], [false, true]);
    assert.deepEqual([ofCourt1?.isOlder, ofCourt2?.isOlder], [true, false]);
    assert.notEqual(ofCourt1?.version, ofCourt2?.version);
    assert.deepEqual(ofCourt2?.queues, [
      'badminton',
      ...['cpu', 'rank', 'upload', 'early-upload', 'question'].map((kind) => `badminton-${kind}@${ofCourt2?.id}`),
    ]);
    assert.ok(
      (ofCourt1?.freeBytes ?? 0) > 0 && Date.parse(ofCourt1?.startedAt ?? '') < Date.parse(ofCourt1?.lastSeen ?? ''),
    );
    assert.deepEqual(
      ofCourt1?.videos.map(({ stage }) => stage),
      ['WAITING_FOR_SELECTION'],
    );

    const both = await start(ofBoth, 'court-1');
    await untilStage(both, 'WAITING_FOR_SELECTION');
    for (const handle of [old, fresh]) await choose(handle);
    for (const handle of [old, fresh]) assert.equal((await handle.result()).stage, 'COMPLETED');

    // Without court-2, the video of both waits until court-1 is updated.
    await turnOff(court2);
    await turnOff(court1);
    for (const { state, startedAt } of await hosts()) assert.deepEqual([state, startedAt], ['seen', undefined]);
    // A server that was restarted has forgotten who asked for work.
    await server.stop();
    server = await startEmbeddedServer({ dataFolder: folder, port: portOf(server), uiPort: 0, binary: serverBinary });
    assert.deepEqual(
      (await hosts()).map(({ state, videos }) => [state, videos.length]),
      [['away', 1]],
    );
    court1 = await turnOn('court-1', newer);
    await choose(both);
    assert.equal((await both.result()).stage, 'COMPLETED');

    for (const handle of [old, fresh, both]) assert.deepEqual(await failedTasks(handle), []);
    assert.equal((await publishedIds({ youtube })).length, 3);
    // The step more is one: the older program cannot replay it.
    installRuntime(pino({ level: 'silent' }));
    const codePath = await workflowBundle(cacheFolder(process.env));
    const replay = async (handle: WorkflowHandle) =>
      Worker.runReplayHistory({ workflowBundle: { codePath } }, await handle.fetchHistory());
    await replay(old);
    for (const handle of [fresh, both]) await assert.rejects(replay(handle), /one-step-more/);
  });

  it('leave the videos to the newest, whichever order they start in', async (t) => {
    const taskQueue = 'of.another_club: 2';
    const keep = async (changes: number) => {
      const version = { changes, release: '0.1.0', hash: '0123456789abcdef' };
      const keeper = await keepCurrent(client, { taskQueue, version, lookEvery: 100 });
      t.after(keeper.stop);
      return keeper;
    };
    const first = await keep(1);
    const keepers = [first, ...(await Promise.all([3, 5, 4, 2].map(keep)))];
    const { currentBuildId: newest } = await describeDeployment(client, taskQueue);
    assert.equal(newest, '5-0.1.0-0123456789abcdef');
    const kinds = () => keepers.map((one) => one.standing().kind);
    while (kinds().filter((kind) => kind === 'older').length < 4) await sleep(50);
    assert.deepEqual(kinds(), ['older', 'older', 'runs', 'older', 'older']);
    assert.equal((await keep(4)).standing().kind, 'older');
    assert.equal((await describeDeployment(client, taskQueue)).currentBuildId, newest);
  });

  it('are refused by a server that keeps no versions of workers', async () => {
    const port = await freePort();
    const flags = ['--ip', '127.0.0.1', '--port', String(port), '--headless', '--log-level', 'never'];
    const off = ['--dynamic-config-value', 'system.enableDeploymentVersions=false'];
    const child = spawn(await serverBinary(), ['server', 'start-dev', ...flags, ...off], { stdio: 'ignore' });
    const ended = once(child, 'exit');
    try {
      const address = `127.0.0.1:${port}`;
      while (!(await answers(address))) await sleep(50);
      const { code, stderr } = await runProgram(['worker'], { ...settingsOf('court-3'), TEMPORAL_ADDRESS: address });
      assert.equal(code, 1);
      assert.match(
        stderr,
        /This Temporal server does not keep versions of workers .*It must be version 1\.29 or later/s,
      );
      assert.doesNotMatch(stderr, /^ +at /m);
    } finally {
      child.kill();
      await ended;
    }
  });
});

const portOf = ({ address }: EmbeddedServer) => Number(address.split(':').at(-1));

async function failedTasks(handle: WorkflowHandle): Promise<unknown[]> {
  const { events } = await handle.fetchHistory();
  return (events ?? []).flatMap(({ workflowTaskFailedEventAttributes: failed }) => (failed ? [failed] : []));
}
