import assert from 'node:assert/strict';
import { copyFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { WorkflowHandle } from '@temporalio/client';
import { retryStage, selectThumbnail } from '../../src/temporal/client/control.ts';
import { workflowType } from '../../src/temporal/names.ts';
import { type Rig, startRig, untilStage } from '../support/rig.ts';
import { sampleRecording } from '../support/sample-recording.ts';

describe('a recording that is replaced while its video is waiting', () => {
  let rig: Rig;
  let beforeEnhancing: () => Promise<void> = async () => undefined;
  before(async () => {
    rig = await startRig({
      around: (activities) => ({
        ...activities,
        async enhanceThumbnailActivity(...args) {
          await beforeEnhancing();
          return activities.enhanceThumbnailActivity(...args);
        },
      }),
    });
  });
  after(() => rig.close());

  const own = (file: string) => rig.start(file);
  const foreign = async (videoPath: string): Promise<WorkflowHandle> => {
    const taskQueue = rig.config.TASK_QUEUE;
    return rig.client.workflow.start(workflowType, { workflowId: 'a-script', taskQueue, args: [{ videoPath }] });
  };
  const cases = [
    { name: 'ms_AnvsBo.mov', whose: 'our own', start: own, at: 'SELECTING' },
    { name: 'ms_CovsDu.mov', whose: "a foreign client's", start: foreign, at: 'SELECTING' },
    { name: 'ms_EnvsFu.mov', whose: 'our own', start: own, at: 'ENHANCING' },
  ] as const;
  for (const { name, whose, start, at } of cases) {
    it(`fails ${at} of ${whose} video with FILE_CHANGED; the video resumes once it is put back`, async () => {
      const file = await sampleRecording(path.join(rig.folder, 'input'), name);
      const kept = path.join(rig.folder, name);
      const handle = await start(file);
      await untilStage(handle, 'WAITING_FOR_SELECTION');
      const replace = async () => {
        beforeEnhancing = async () => undefined;
        await rename(file, kept);
        await copyFile(await sampleRecording(rig.folder, `ms_GovsHa_${name}`), file);
      };
      if (at === 'SELECTING') await replace();
      else beforeEnhancing = replace;
      await selectThumbnail(rig.client, handle.workflowId, { best: true });
      const { attention } = await untilStage(handle, 'NEEDS_ATTENTION');
      assert.deepEqual([attention?.code, attention?.stage], ['FILE_CHANGED', at]);
      assert.match(attention?.action ?? '', /Put the first recording back/);
      await rename(kept, file);
      await retryStage(rig.client, handle.workflowId);
      assert.equal((await handle.result()).stage, 'COMPLETED');
    });
  }
});
