import { setTimeout as sleep } from 'node:timers/promises';
import { selectThumbnail } from '../../src/temporal/client/control.ts';
import { type Rig, until, untilStage } from '../../test/support/rig.ts';
import { smallMatch } from '../../test/support/small-match.ts';
import type { Kind } from './recorder.ts';
import { gate } from './troubles.ts';

const startForeign = (workflowId: string, ending: string) => (file: string, rig: Rig) =>
  rig.client.workflow.start('processVideoWorkflow', {
    workflowId,
    taskQueue: 'badminton',
    args: [{ videoPath: `${file}${ending}` }],
  });

/** Waiting for a machine, or for a turn on it; one task runs at a time: see `record-histories.ts`. */
export const hosts: Record<string, Kind> = {
  'host-away': {
    recording: 'ms_AwayvsHome.mov',
    start: (videoPath, { client }) =>
      client.workflow.start('processVideoWorkflow', {
        workflowId: 'host-away',
        taskQueue: 'badminton',
        args: [{ videoPath, hostId: 'deadbeef' }],
      }),
    live: () => sleep(5000),
  },
  'waited-for-its-turn': {
    recording: 'ms_TurnvsQueue.mov',
    async start(file, rig) {
      await blockWith(rig, 'rankThumbnailsActivity', 'ms_BlockvsRank.mov', 990);
      return rig.start(file, { selectionPolicy: 'best', selectionTimeoutSeconds: 0.1 });
    },
    async live(handle) {
      await sleep(4000);
      gate.set(undefined);
      await handle.result();
    },
  },
  'uploaded-early-after-waiting-for-its-turn': {
    recording: 'ms_TurnvsEarly.mov',
    async start(file, rig) {
      await blockWith(rig, 'uploadVideoActivity', 'ms_BlockvsEarly.mov', 991);
      return rig.start(file);
    },
    async live(handle, { client }) {
      await untilStage(handle, 'WAITING_FOR_SELECTION');
      await sleep(3000);
      gate.set(undefined);
      await until(handle, ({ privateUrl }) => privateUrl !== undefined, 'the early upload');
      await selectThumbnail(client, handle.workflowId, { best: true });
      await handle.result();
    },
  },
  'chosen-while-its-early-upload-waited': {
    recording: 'ms_TurnvsChoice.mov',
    async start(file, rig) {
      await blockWith(rig, 'uploadVideoActivity', 'ms_BlockvsChoice.mov', 992);
      return rig.start(file);
    },
    async live(handle, { client }) {
      await untilStage(handle, 'WAITING_FOR_SELECTION');
      await selectThumbnail(client, handle.workflowId, { best: true });
      await untilStage(handle, 'UPLOADING');
      await sleep(3000);
      gate.set(undefined);
      await handle.result();
    },
  },
  'foreign-and-waiting-for-its-machine': {
    recording: 'ms_OffvsOn.mov',
    start: startForeign('foreign-and-waiting-for-its-machine', '.gone'),
    live: (handle) => until(handle, ({ waiting }) => waiting !== undefined, 'the wait'),
  },
};

/** Another recording occupies the only place for such work. */
async function blockWith(
  rig: Rig,
  activity: 'rankThumbnailsActivity' | 'uploadVideoActivity',
  name: string,
  seed: number,
) {
  gate.set({ activity, how: 'hang' });
  await rig.start(await smallMatch(`${rig.folder}/input/${name}`, { seed }));
  await gate.hanging();
}
