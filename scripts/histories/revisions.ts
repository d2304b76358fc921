import type { WorkflowHandle } from '@temporalio/client';
import { revisionSettings } from '../../src/app/worker-settings.ts';
import { followRevision, retryRevision, runningRevision, startRevision } from '../../src/temporal/client/revise.ts';
import { type ReviseVideoInput, reviseVideoWorkflowType, revisionId } from '../../src/temporal/names.ts';
import type { Rig } from '../../test/support/rig.ts';
import { changedWorkflow } from '../../test/support/workflow-code.ts';
import type { Interference } from './interference.ts';
import type { Kind } from './recorder.ts';
import { gate } from './troubles.ts';

type Wishes = Omit<ReviseVideoInput, 'videoId' | 'hostId' | 'settings'>;
const another: Wishes = { revision: { title: 'Another title', thumbnail: { frame: '2' } } };
const titled: Wishes = { revision: { title: 'Another title' } };

/** Publishes a recording, and revises it as often as there are wishes; the last revision is recorded. */
const revising =
  (wishes: readonly Wishes[], interference?: Interference) =>
  async (file: string, rig: Rig): Promise<WorkflowHandle> => {
    const video = await rig.start(file, { selectionPolicy: 'best', selectionTimeoutSeconds: 0.01 });
    await video.result();
    for (const wish of wishes.slice(0, -1)) await (await start(rig, video.workflowId, wish)).result();
    gate.set(interference);
    return start(rig, video.workflowId, wishes.at(-1) ?? {});
  };

const start = ({ client, config, hostId }: Rig, videoId: string, wish: Wishes) => {
  const input: ReviseVideoInput = { videoId, hostId, settings: revisionSettings(config), ...wish };
  const { TASK_QUEUE: taskQueue } = config;
  // A look is deleted once it has answered, unless it is started like this.
  return wish.look
    ? client.workflow.start(reviseVideoWorkflowType, { workflowId: revisionId(videoId), taskQueue, args: [input] })
    : startRevision(client, taskQueue, input);
};

const changing = (how: Interference['how']): Interference => ({ activity: 'reviseVideoActivity', how });
const toItsEnd: Kind['live'] = (handle) => handle.result();
const itFails = async (handle: WorkflowHandle): Promise<void> => {
  const failed = await handle.result().then(
    () => false,
    () => true,
  );
  if (!failed) throw new Error('it was to fail');
};
const cancel = async (handle: WorkflowHandle): Promise<void> => {
  await handle.cancel();
  await itFails(handle);
};
const untilItWaits = async (handle: WorkflowHandle, { client }: Rig): Promise<void> => {
  const running = await runningRevision(client, handle.workflowId.replace(revisionId(''), ''));
  const state = await followRevision(client, running);
  if (!('waiting' in state)) throw new Error('it was to wait');
};

const retriedAfter = (code: string): Pick<Kind, 'start' | 'live'> => ({
  start: revising([another], changing({ code, notBefore: 600_000 })),
  async live(handle, rig) {
    await untilItWaits(handle, rig);
    gate.set(undefined);
    await retryRevision(await runningRevision(rig.client, handle.workflowId.replace(revisionId(''), '')));
    await handle.result();
  },
});

/** What becomes of a revision. Attempts are bounded to one: see `record-histories.ts`. */
export const revisions: Record<string, Kind> = {
  revised: { recording: 'ms_RevisevsDone.mov', start: revising([another]), live: toItsEnd },
  'revision-looked': { recording: 'ms_RevisevsLook.mov', start: revising([{ ...titled, look: true }]), live: toItsEnd },
  'revision-put-back': {
    recording: 'ms_RevisevsBack.mov',
    start: revising([another, { putBack: true }]),
    live: toItsEnd,
  },
  'revision-refused': {
    recording: 'ms_RevisevsNo.mov',
    start: revising([titled], changing({ code: 'UPLOAD_REJECTED' })),
    live: itFails,
  },
  'revision-without-its-frame': {
    recording: 'ms_RevisevsFrame.mov',
    start: revising([{ revision: { thumbnail: { frame: '99' } } }]),
    live: itFails,
  },
  'revision-slept-until-a-moment': {
    recording: 'ms_RevisevsSleep.mov',
    start: revising([titled], changing({ code: 'QUOTA_EXHAUSTED', notBefore: 2000 })),
    async live(handle, rig) {
      await untilItWaits(handle, rig);
      gate.set(undefined);
      await handle.result();
    },
  },
  'revision-retried-after-the-quota': { recording: 'ms_RevisevsQuota.mov', ...retriedAfter('QUOTA_EXHAUSTED') },
  'revision-waited-for-the-sign-in': {
    recording: 'ms_RevisevsSign.mov',
    ...retriedAfter('AUTH_REQUIRED'),
    start: revising([another], changing({ code: 'AUTH_REQUIRED' })),
  },
  'revision-cancelled': {
    recording: 'ms_RevisevsStop.mov',
    start: revising([another], changing('hang')),
    async live(handle) {
      await gate.hanging();
      await cancel(handle);
    },
  },
  'revision-cancelled-while-asleep': {
    recording: 'ms_RevisevsRest.mov',
    start: revising([titled], changing({ code: 'QUOTA_EXHAUSTED', notBefore: 600_000 })),
    async live(handle, rig) {
      await untilItWaits(handle, rig);
      await cancel(handle);
    },
  },
  'revision-handed-over': {
    recording: 'ms_RevisevsHand.mov',
    start: revising([another], changing('hang')),
    async live(handle, rig) {
      await gate.hanging();
      await rig.worker.stop();
      gate.set(undefined);
      await rig.restartWorker();
      await handle.result();
    },
  },
};

/** A program from before a revision said which title the channel shows. */
export const earlierRevising = (folder: string): Promise<string> =>
  changedWorkflow(folder, 'temporal/workflows/revise-video.ts', [
    ['if (showsRevisedTitle()) ', 'if (!showsRevisedTitle) '],
  ]);

export const earlierRevisions: Record<string, Kind> = {
  'revised-without-its-title': { recording: 'ms_RevisevsOld.mov', start: revising([another]), live: toItsEnd },
  'revision-retried-without-its-title': { recording: 'ms_RevisevsOlder.mov', ...retriedAfter('QUOTA_EXHAUSTED') },
};
