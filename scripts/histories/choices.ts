import { renameSync } from 'node:fs';
import type { WorkflowHandle } from '@temporalio/client';
import { correctMatch, retryStage, selectThumbnail, undoSelection } from '../../src/temporal/client/control.ts';
import type { VideoStatus } from '../../src/temporal/names.ts';
import { type Rig, until, untilStage } from '../../test/support/rig.ts';
import type { Kind } from './recorder.ts';

const best = { best: true } as const;
const waits = (handle: WorkflowHandle) => untilStage(handle, 'WAITING_FOR_SELECTION');

/** Chosen in every way, undone, corrected. */
export const choices: Record<string, Kind> = {
  'chosen-by-signal': {
    recording: 'ms_SignvsFlag.mov',
    async live(handle) {
      const { videoPath, candidates } = await waits(handle);
      await handle.signal('thumbnailSelectedSignal', { videoPath: '/some/other.mov' });
      await handle.signal('thumbnailSelectedSignal', { videoPath, selectedFrame: candidates?.[1]?.frame });
      await handle.result();
    },
  },
  'chosen-by-a-person': {
    recording: 'md_HuyzVietvsThezLeo_Friendly Game.mov',
    async live(handle, { client }) {
      const { candidates } = await waits(handle);
      await correctMatch(client, handle.workflowId, { tournament: 'Sunday Open' });
      await selectThumbnail(client, handle.workflowId, { frame: candidates?.[1]?.frame as string });
      await handle.result();
    },
  },
  'foreign-and-chosen': {
    recording: 'ms_FarvsNear.mov',
    start: (videoPath, { client }) =>
      client.workflow.start('processVideoWorkflow', {
        workflowId: 'foreign-and-chosen',
        taskQueue: 'badminton',
        args: [{ videoPath, hostId: null, unknown: 'field' }],
      }),
    async live(handle) {
      const { videoPath } = await waits(handle);
      await handle.signal('thumbnailSelectedSignal', { videoPath });
      await handle.result();
    },
  },
  'best-after-a-time': {
    recording: 'ms_AnvsBo.mov',
    start: { selectionPolicy: 'best', selectionTimeoutSeconds: 0.2 },
    live: (handle) => handle.result(),
  },
  'cancelled-after-a-time': {
    recording: 'ms_AnvsCo.mov',
    start: { selectionPolicy: 'cancel', selectionTimeoutSeconds: 0.2 },
    live: (handle) => handle.result().catch(() => undefined),
  },
  'chosen-before-its-ranking': {
    recording: 'ms_SoonvsLate.mov',
    async live(handle, { client }) {
      await selectThumbnail(client, handle.workflowId, best);
      await handle.result();
    },
  },
  'undone-and-chosen-again': {
    recording: 'ms_UndovsRedo.mov',
    async live(handle, { client }) {
      await waits(handle);
      await selectThumbnail(client, handle.workflowId, { ...best, undoSeconds: 30 });
      await undoSelection(client, handle.workflowId);
      await selectThumbnail(client, handle.workflowId, { ...best, undoSeconds: 0.3 });
      await handle.result();
    },
  },
  'undone-while-parked-at-enhancing': {
    recording: 'ms_PaletvsBoard.mov',
    async live(handle, { client }) {
      await parkedAtEnhancing(handle, client);
      await undoSelection(client, handle.workflowId);
      await waits(handle);
    },
  },
  'chosen-again-while-parked-at-enhancing': {
    recording: 'ms_PaintvsBrush.mov',
    async live(handle, { client }) {
      const frame = await parkedAtEnhancing(handle, client);
      await selectThumbnail(client, handle.workflowId, { frame, look: { theme: 'white' } });
      await handle.result();
    },
  },
  'chosen-again-while-parked-at-selecting': {
    recording: 'ms_ThisvsThat.mov',
    async live(handle, { client }) {
      const { videoPath }: VideoStatus = await waits(handle);
      renameSync(videoPath, `${videoPath}.away`);
      await selectThumbnail(client, handle.workflowId, { atSeconds: 1.7 });
      await untilStage(handle, 'NEEDS_ATTENTION');
      renameSync(`${videoPath}.away`, videoPath);
      await selectThumbnail(client, handle.workflowId, { ...best, undoSeconds: 1 });
      await handle.result();
    },
  },
  'started-with-corrections': {
    recording: 'court 3.mov',
    start: { corrections: { matchType: 'ms', teams: [['An'], ['Bo']], tournament: 'Cup' } },
    live: waits,
  },
  'started-with-a-choice': {
    recording: 'ms_ChosenvsBefore.mov',
    start: { choice: { atSeconds: 1.5 }, look: { template: 'sidebar' } },
    async live(handle) {
      await handle.result();
    },
  },
  'with-hidden-names': {
    recording: 'ms_HiddenvsNames.mov',
    start: (videoPath, { client, hostId }) =>
      client.workflow.start('processVideoWorkflow', {
        workflowId: 'with-hidden-names',
        taskQueue: 'badminton',
        args: [{ videoPath, hostId, hidesNames: true }],
      }),
    live: waits,
  },
  'corrected-while-parked': {
    recording: 'court 4.mov',
    async live(handle, { client }) {
      await untilStage(handle, 'NEEDS_ATTENTION');
      await correctMatch(client, handle.workflowId, { matchType: 'ms', teams: [['An'], ['Bo']], tournament: 'Cup' });
      await waits(handle);
    },
  },
  'signalled-while-parked': {
    recording: 'ms_LatevsWord.mov',
    async live(handle, rig) {
      const status = await waits(handle);
      renameSync(status.videoPath, `${status.videoPath}.away`);
      await selectThumbnail(rig.client, handle.workflowId, { atSeconds: 1.7 });
      await untilStage(handle, 'NEEDS_ATTENTION');
      await handle.signal('thumbnailSelectedSignal', { videoPath: status.videoPath, selectedFrame: 'none.jpg' });
      await until(handle, ({ warnings }) => warnings.some((warning) => warning.includes('signal')), 'the warning');
      renameSync(`${status.videoPath}.away`, status.videoPath);
      await retryStage(rig.client, handle.workflowId);
      await handle.result();
    },
  },
};

/** The design of the first choice does not exist; resolves to another candidate. */
async function parkedAtEnhancing(handle: WorkflowHandle, client: Rig['client']): Promise<string> {
  const { candidates } = await waits(handle);
  await selectThumbnail(client, handle.workflowId, { ...best, look: { template: 'no-such-template' } });
  await untilStage(handle, 'NEEDS_ATTENTION');
  return candidates?.[1]?.frame as string;
}
