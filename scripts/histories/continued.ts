import type { WorkflowHandle } from '@temporalio/client';
import { correctMatch, retryStage, selectThumbnail, undoSelection } from '../../src/temporal/client/control.ts';
import { type Rig, until, untilStage } from '../../test/support/rig.ts';
import { changedWorkflow } from '../../test/support/workflow-code.ts';
import type { Kind } from './recorder.ts';

/** Low enough for a run to become long in a moment; what follows in the next run is like any other. */
export const continuingWorkflow = (folder: string): Promise<string> =>
  changedWorkflow(folder, 'temporal/workflows/long-history.ts', [['events: 4000', 'events: 120']]);

/** Each lives on in a second run, with everything that the first one knew; only the second one is recorded. */
export const continued: Record<string, Kind> = {
  'continued-while-it-waits': {
    recording: 'ms_LongvsWait.mov',
    fromRun: 2,
    async live(handle, rig) {
      const { candidates } = await untilStage(handle, 'WAITING_FOR_SELECTION');
      await correctMatch(rig.client, handle.workflowId, { tournament: 'Sunday Open' });
      await untilContinued(handle, rig, async () => {
        await selectThumbnail(rig.client, handle.workflowId, { best: true, undoSeconds: 60 });
        await undoSelection(rig.client, handle.workflowId);
      });
      await correctMatch(rig.client, handle.workflowId, { description: 'Said later.' });
      await selectThumbnail(rig.client, handle.workflowId, { frame: candidates?.[1]?.frame as string });
      await rig.client.workflow.getHandle(handle.workflowId).result();
    },
  },
  'continued-while-parked': {
    recording: 'nobody knows.mov',
    fromRun: 2,
    async live(handle, rig) {
      const latest = () => rig.client.workflow.getHandle(handle.workflowId);
      await untilStage(handle, 'NEEDS_ATTENTION');
      await untilContinued(handle, rig, async () => {
        await retryStage(rig.client, handle.workflowId);
        await until(latest(), ({ stage }) => stage === 'NEEDS_ATTENTION', 'parked again');
      });
      await correctMatch(rig.client, handle.workflowId, {
        matchType: 'ms',
        teams: [['An'], ['Bo']],
        tournament: 'Open',
      });
      await untilStage(latest(), 'WAITING_FOR_SELECTION');
      await selectThumbnail(rig.client, handle.workflowId, { best: true });
      await latest().result();
    },
  },
};

async function untilContinued({ workflowId }: WorkflowHandle, { client }: Rig, step: () => Promise<void>) {
  const runId = async () => (await client.workflow.getHandle(workflowId).describe()).runId;
  const first = await runId();
  while ((await runId()) === first) await step();
}
