import type { WorkflowHandle } from '@temporalio/client';
import type { UploadOrder } from '../../src/domain/upload-order.ts';
import type { Activities } from '../../src/temporal/activity-types.ts';
import { retryStage, selectThumbnail } from '../../src/temporal/client/control.ts';
import { type Rig, until, untilStage } from '../../test/support/rig.ts';
import { Gate, type Interference } from './interference.ts';
import type { Kind } from './recorder.ts';

export const gate = new Gate();

const sends = (args: readonly unknown[]) => (args[2] as UploadOrder | undefined)?.sendOnly === true;

/** Every step that works, by the name that its kinds have. */
const steps: Record<string, { activity: keyof Activities; when?: Interference['when'] }> = {
  preparing: { activity: 'prepareVideoActivity' },
  ranking: { activity: 'rankThumbnailsActivity' },
  selecting: { activity: 'selectThumbnailActivity' },
  enhancing: { activity: 'enhanceThumbnailActivity' },
  sending: { activity: 'uploadVideoActivity', when: sends },
  publishing: { activity: 'uploadVideoActivity', when: (args) => !sends(args) },
  'cleaning-up': { activity: 'cleanupVideoActivity' },
};

/** A start after the interference is in place, with a choice that is made at once. */
const beginning =
  (interference: Interference | undefined, wishes: object = {}): NonNullable<Kind['start']> =>
  async (file: string, rig: Rig) => {
    gate.set(interference);
    const handle = await rig.start(file, wishes);
    await selectThumbnail(rig.client, handle.workflowId, { best: true });
    return handle;
  };

const parkedAndRetried = (name: string): Kind => ({
  recording: `ms_Park${nameOf(name)}vsRetry.mov`,
  start: beginning({ ...stepOf(name), how: { code: 'UNEXPECTED' } }),
  async live(handle, { client }) {
    await untilStage(handle, 'NEEDS_ATTENTION');
    gate.set(undefined);
    await retryStage(client, handle.workflowId);
    await handle.result();
  },
});

const cancelled = (name: string): Kind => ({
  recording: `ms_Stop${nameOf(name)}vsGo.mov`,
  start: beginning({ ...stepOf(name), how: 'hang' }),
  async live(handle) {
    await gate.hanging();
    await cancel(handle);
  },
});

const handedOver = (name: string): Kind => ({
  recording: `ms_Hand${nameOf(name)}vsOver.mov`,
  start: beginning({ ...stepOf(name), how: 'hang' }),
  async live(handle, rig) {
    await gate.hanging();
    const { worker } = rig;
    await worker.stop();
    gate.set(undefined);
    await rig.restartWorker();
    await handle.result();
  },
});

/** Parked, cancelled and handed over at every step. Attempts are bounded to one: see `record-histories.ts`. */
export const troubles: Record<string, Kind> = {
  ...ofEach('parked-and-retried-at', parkedAndRetried),
  ...ofEach('cancelled-at', cancelled),
  ...ofEach('handed-over-at', handedOver),
  'parked-for-the-sign-in': {
    recording: 'ms_SignvsIn.mov',
    start: beginning({ ...stepOf('sending'), how: { code: 'AUTH_REQUIRED' } }),
    async live(handle, { client }) {
      await untilStage(handle, 'NEEDS_ATTENTION');
      gate.set(undefined);
      await retryStage(client, handle.workflowId);
      await handle.result();
    },
  },
  'slept-until-a-moment': {
    recording: 'ms_SleepvsWake.mov',
    start: beginning({ ...stepOf('publishing'), how: { code: 'QUOTA_EXHAUSTED', notBefore: 700 } }),
    async live(handle) {
      await until(handle, ({ waiting }) => waiting !== undefined, 'the sleep');
      gate.set(undefined);
      await handle.result();
    },
  },
  'cancelled-while-asleep': {
    recording: 'ms_SleepvsStop.mov',
    start: beginning({ ...stepOf('publishing'), how: { code: 'QUOTA_EXHAUSTED', notBefore: 600_000 } }),
    async live(handle) {
      await until(handle, ({ waiting }) => waiting !== undefined, 'the sleep');
      await cancel(handle);
    },
  },
  'cancelled-while-parked': {
    recording: 'ms_ParkvsStop.mov',
    start: beginning({ ...stepOf('enhancing'), how: { code: 'UNEXPECTED' } }),
    async live(handle) {
      await untilStage(handle, 'NEEDS_ATTENTION');
      await cancel(handle);
    },
  },
  'cancelled-while-waiting': {
    recording: 'ms_WaitvsStop.mov',
    async live(handle) {
      await untilStage(handle, 'WAITING_FOR_SELECTION');
      await cancel(handle);
    },
  },
  'repeated-without-a-record': {
    recording: 'ms_MissvsLost.mov',
    start: beginning({ ...stepOf('enhancing'), how: { code: 'STAGE_ORDER' } }),
    async live(handle, { client }) {
      await untilStage(handle, 'NEEDS_ATTENTION');
      gate.set(undefined);
      await retryStage(client, handle.workflowId);
      await handle.result();
    },
  },
  'changed-while-enhancing': {
    recording: 'ms_ChangevsMind.mov',
    start: beginning({ ...stepOf('enhancing'), how: 'hang' }),
    async live(handle, { client }) {
      await gate.hanging();
      gate.set(undefined);
      await selectThumbnail(client, handle.workflowId, { atSeconds: 1 });
      await handle.result();
    },
  },
  'changed-while-sending': {
    recording: 'ms_ChangevsSend.mov',
    start: beginning({ ...stepOf('sending'), how: 'hang' }),
    async live(handle, { client }) {
      await gate.hanging();
      await selectThumbnail(client, handle.workflowId, { atSeconds: 1 });
      await untilStage(handle, 'UPLOADING');
      gate.set(undefined);
      await handle.result();
    },
  },
};

/** With the recording uploaded before the choice. */
export const early: Record<string, Kind> = {
  'uploaded-early': {
    recording: 'ms_EarlyvsLate.mov',
    async live(handle, { client }) {
      await until(handle, ({ privateUrl }) => privateUrl !== undefined, 'the early upload');
      await untilStage(handle, 'WAITING_FOR_SELECTION');
      await selectThumbnail(client, handle.workflowId, { best: true });
      await handle.result();
    },
  },
  'cancelled-while-uploading-early': {
    recording: 'ms_EarlyvsStop.mov',
    start: (file, rig) => {
      gate.set({ ...stepOf('sending'), how: 'hang' });
      return rig.start(file);
    },
    async live(handle) {
      await untilStage(handle, 'WAITING_FOR_SELECTION');
      await gate.hanging();
      await cancel(handle);
    },
  },
  'uploaded-early-in-vain': {
    recording: 'ms_EarlyvsFail.mov',
    start: beginning({ ...stepOf('sending'), when: isEarly, how: { code: 'UNEXPECTED' } }),
    live: (handle) => handle.result(),
  },
  'chosen-while-uploading-early': {
    recording: 'ms_EarlyvsChoice.mov',
    start: beginning({ ...stepOf('sending'), how: 'hang' }),
    async live(handle) {
      await untilStage(handle, 'UPLOADING');
      gate.set(undefined);
      await handle.result();
    },
  },
};

function isEarly(args: readonly unknown[]): boolean {
  return (args[2] as UploadOrder | undefined)?.early === true;
}

export async function cancel(handle: WorkflowHandle): Promise<void> {
  await handle.cancel();
  await handle.result().catch(() => undefined);
}

function ofEach(name: string, kind: (step: string) => Kind): Record<string, Kind> {
  return Object.fromEntries(Object.keys(steps).map((step) => [`${name}-${step}`, kind(step)]));
}

function stepOf(name: string) {
  return steps[name] as (typeof steps)[string];
}

function nameOf(step: string): string {
  return step.replace('-', '');
}
