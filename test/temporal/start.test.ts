import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { WorkflowHandle } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import type { ProcessVideoInput } from '../../src/temporal/names.ts';
import { type StudioRig, startStudioRig } from '../studio/studio-rig.ts';
import { runProgram } from '../support/program.ts';
import { untilStage } from '../support/rig.ts';
import { sampleRecording } from '../support/sample-recording.ts';

/** Settings that differ from those of the rig's worker. */
const settings = () => ({
  BADMINTON_DATA_DIR: rig.folder,
  BADMINTON_YOUTUBE_URL: rig.youtube.url,
  BADMINTON_TOP_N: '9',
  BADMINTON_TEMPLATE: 'bar',
  BADMINTON_SELECTION_POLICY: 'cancel',
  BADMINTON_SELECTION_TIMEOUT: '1ms',
});

let rig: StudioRig;

describe('a start is the same wherever it comes from', () => {
  before(async () => {
    rig = await startStudioRig({ settings: { BADMINTON_TOP_N: '2' } });
  });
  after(() => rig.close());

  it('by command, studio or input folder: with the path and the machine, and no settings of the starter', async () => {
    const typed = await startedBy(async (file) => {
      const { code, stdout } = await runProgram(['start', file, '--json'], settings());
      assert.equal(code, 0);
      return JSON.parse(stdout).videos[0].videoId;
    });
    const pressed = await startedBy(async (file) => {
      const names = [path.basename(file)];
      const { outcomes } = await (await rig.api().recordings.start.$post({ json: { names } })).json();
      return outcomes[0]?.videoId;
    });
    const dropped = await startedBy(async (file) => (await rig.startVideo(file)).videoId);
    for (const { input, file, handle } of [typed, pressed, dropped]) {
      assert.deepEqual(input, { videoPath: file, hostId: rig.hostId });
      const { candidates } = await untilStage(handle, 'WAITING_FOR_SELECTION');
      assert.equal(candidates?.length, 2, 'as the worker is configured');
      await handle.cancel();
    }
  });

  it('by command with options: with these options for this one video, and no others', async () => {
    const { input, file, handle } = await startedBy(async (recording) => {
      const { stdout } = await runProgram(['start', recording, '--top', '1', '--json'], settings());
      return JSON.parse(stdout).videos[0].videoId;
    });
    assert.deepEqual(input, { videoPath: file, hostId: rig.hostId, topN: 1 });
    const { candidates } = await untilStage(handle, 'WAITING_FOR_SELECTION');
    assert.equal(candidates?.length, 1);
    await handle.cancel();
  });
});

let count = 0;

async function startedBy(
  start: (file: string) => Promise<string | undefined>,
): Promise<{ input: ProcessVideoInput; file: string; handle: WorkflowHandle }> {
  count += 1;
  const file = await sampleRecording(rig.config.INPUT_DIR, `ms_Den${count}vsTu.mov`);
  const handle = rig.client.workflow.getHandle((await start(file)) ?? 'none');
  const { events = [] } = await handle.fetchHistory();
  const [payload] = events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
  assert.ok(payload);
  return { input: defaultPayloadConverter.fromPayload<ProcessVideoInput>(payload), file, handle };
}
