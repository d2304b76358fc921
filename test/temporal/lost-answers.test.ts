import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, ConnectionOptions } from '@temporalio/client';
import { correctMatch, queryStatus, selectThumbnail } from '../../src/temporal/client/control.ts';
import { RefusedError, UnknownOutcomeError } from '../../src/temporal/client/errors.ts';
import { connect, embeddedTarget } from '../../src/temporal/connect.ts';
import type { VideoResult } from '../../src/temporal/names.ts';
import { type Program, startProgram } from '../support/program.ts';
import { type Rig, startRig, untilStage } from '../support/rig.ts';
import { smallMatch } from '../support/small-match.ts';

type Interceptor = NonNullable<ConnectionOptions['interceptors']>[number];

describe('an update whose answer is lost because the worker freezes', () => {
  let rig: Rig;
  let worker: Program;
  /** The worker freezes as soon as this client sends an update. */
  let client: Client;
  let videos: string[];

  before(async () => {
    rig = await startRig();
    const starts = ['One', 'Two', 'Three'].map(async (name, at) => {
      const file = await smallMatch(path.join(rig.folder, 'input', `ms_${name}vsFour.mov`), { seed: 700 + at });
      const handle = await rig.start(file, { topN: 3 });
      await untilStage(handle, 'WAITING_FOR_SELECTION', 120);
      return handle.workflowId;
    });
    videos = await Promise.all(starts);
    await rig.worker.stop();
    worker = startProgram(['worker'], { ...rig.settings, BADMINTON_YOUTUBE_URL: rig.youtube.url });
    await worker.printed('Working for');
    const target = embeddedTarget(rig.server);
    const interceptors: Interceptor[] = [
      (options, next) => {
        if (options.method_definition.path.endsWith('/UpdateWorkflowExecution')) worker.process.kill('SIGSTOP');
        return next(options) as ReturnType<Interceptor>;
      },
    ];
    client = await connect({ ...target, connection: { ...target.connection, ...{ interceptors } } });
  });
  after(async () => {
    // Some of these are missing if the setup failed.
    worker?.process.kill('SIGCONT');
    await client?.connection.close();
    await worker?.interrupt();
    await rig.close();
  });

  const thawAfter = async (milliseconds: number) => {
    await sleep(milliseconds);
    worker.process.kill('SIGCONT');
  };

  it('is asked for by its id, and answered once the worker thaws', async () => {
    const thawing = thawAfter(8000);
    await correctMatch(client, videos[0] ?? '', { tournament: 'Late Cup' });
    await thawing;
    const status = await queryStatus(client, videos[0] ?? '');
    assert.equal(status.corrections.tournament, 'Late Cup');
  });

  it("is refused in the workflow's words, however late they arrive", async () => {
    const thawing = thawAfter(8000);
    await assert.rejects(selectThumbnail(client, videos[1] ?? '', { frame: 'none.jpg' }), (error) => {
      return error instanceof RefusedError && !error.message.includes('No worker');
    });
    await thawing;
  });

  it('is not sent while the worker is silent, which may only be busy', async () => {
    worker.process.kill('SIGSTOP');
    await assert.rejects(
      selectThumbnail(client, videos[2] ?? '', { best: true }),
      /^RefusedError: No worker answers, so nothing was changed\. It may be busy/,
    );
    worker.process.kill('SIGCONT');
    assert.equal((await queryStatus(client, videos[2] ?? '')).stage, 'WAITING_FOR_SELECTION');
  });

  it('has an unknown outcome while nobody answers, and may be carried out later', async () => {
    const id = videos[2] ?? '';
    await assert.rejects(selectThumbnail(client, id, { best: true }), (error: Error) => {
      assert.ok(error instanceof UnknownOutcomeError, error.message);
      assert.match(error.message, new RegExp(`may have been done.*npx badminton status ${id}`));
      assert.doesNotMatch(error.message, /nothing was changed/);
      return true;
    });
    worker.process.kill('SIGCONT');
    const result: VideoResult = await rig.client.workflow.getHandle(id).result();
    assert.equal(result.stage, 'COMPLETED');
  });
});
