import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { announceVideos } from '../../src/cli/announcer.ts';
import { describeVideo } from '../../src/temporal/client/progress.ts';
import { plain, startForeignVideo } from '../support/foreign-video.ts';
import { listedVideo } from '../support/listed.ts';
import { runProgram } from '../support/program.ts';
import { type Rig, startRig, untilStage } from '../support/rig.ts';
import { sampleRecording } from '../support/sample-recording.ts';

describe('a run that the server ended', () => {
  let rig: Rig;
  before(async () => {
    rig = await startRig();
  });
  after(() => rig.close());

  it('shows how and why it ended, in the list, the status and the terminal', async () => {
    const handle = await rig.start(await sampleRecording(rig.folder));
    await untilStage(handle, 'WAITING_FOR_SELECTION');
    const news = Promise.withResolvers<string>();
    const announcing = announceVideos(rig.videos, (line) => line.includes('ended') && news.resolve(line));
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await handle.terminate('the hall\n\u001b[31mburnt down');

    const video = await describeVideo(rig.client, handle.workflowId);
    assert.equal(video.stage, 'CANCELLED');
    assert.equal(video.ended?.how, 'terminated');
    assert.match(
      video.next,
      /^Nothing\. It was terminated on the server: the hall .*burnt down\. Start the recording again/,
    );
    assert.match(await news.promise, /ended: It was terminated on the server: the hall/);
    announcing.stop();

    const { stdout: status } = await runProgram(['status', handle.workflowId], rig.settings);
    assert.match(status, /Last error: the hall/);
    const { stdout: list } = await runProgram(['list'], rig.settings);
    const line = list.split('\n').find((each) => each.includes(handle.workflowId));
    assert.match(line ?? '', /It was terminated on the server: the hall .*burnt down\.$/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the test is that there is none.
    assert.doesNotMatch(list + status, /[\u0000-\u0009\u000b-\u001f]/);
    const cancelled = await runProgram(['cancel', handle.workflowId], rig.settings);
    assert.match(cancelled.stderr, /has already ended \(terminated\)/);
  });

  it('has its reason read once, however often it is listed', async () => {
    const id = await startForeignVideo(rig.client, { video: plain({ recording: 'ms_DenvsTu.mov' }) });
    await rig.client.workflow.getHandle(id).terminate();
    await listedVideo(rig.client, id, ({ ended }) => ended !== undefined);
    const asked = rig.callsOf('GetWorkflowExecutionHistory');
    assert.match((await listedVideo(rig.client, id)).next, /^Nothing\. It was terminated on the server: .*\. Start/);
    assert.equal(rig.callsOf('GetWorkflowExecutionHistory'), asked);
  });

  it('is not shown as waiting for a worker if its workflow cannot run', async () => {
    const workflowId = 'video-00000000000000aa';
    await rig.client.workflow.start('noSuchWorkflow', { workflowId, taskQueue: rig.config.TASK_QUEUE, args: [] });
    const { stdout, code } = await runProgram(['cancel', workflowId], rig.settings);
    assert.equal(code, 0);
    assert.match(stdout, /is asked to stop, but its workflow cannot run: .*noSuchWorkflow/);
    assert.doesNotMatch(stdout, /as soon as a worker runs/);
    const retried = await runProgram(['retry', workflowId], rig.settings);
    assert.match(retried.stderr, /Its workflow cannot run, so nothing was changed: .*noSuchWorkflow/);
    assert.doesNotMatch(retried.stderr, /worker answers/);
    await rig.client.workflow.getHandle(workflowId).terminate();
  });
});
