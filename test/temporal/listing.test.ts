import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection, ConnectionOptions } from '@temporalio/client';
import { describeVideo } from '../../src/temporal/client/progress.ts';
import { connect, embeddedTarget } from '../../src/temporal/connect.ts';
import { missingSearchAttributes } from '../../src/temporal/search-attributes.ts';
import { encrypted, plain, startForeignVideo } from '../support/foreign-video.ts';
import { untilListed } from '../support/listed.ts';
import { type Rig, startRig, untilStage } from '../support/rig.ts';
import { sampleRecording } from '../support/sample-recording.ts';

type Interceptor = NonNullable<ConnectionOptions['interceptors']>[number];

let rig: Rig;

describe('a listing', () => {
  before(async () => {
    rig = await startRig();
  });
  after(() => rig.close());

  it('hides, whatever foreign clients have written, neither their own videos nor others, in the list or in a description', async () => {
    const ids = [
      await startForeignVideo(rig.client, {}),
      await startForeignVideo(rig.client, { video: encrypted }),
      await startForeignVideo(rig.client, { note: encrypted, video: plain({ recording: 'ms_DenvsTu.mov' }) }),
      await startForeignVideo(rig.client, { video: plain(17) }),
      await startForeignVideo(rig.client, { video: plain({ recording: 3, warnings: 'none', attention: [] }) }),
    ];
    const own = await rig.start(await sampleRecording(rig.folder));
    await untilStage(own, 'WAITING_FOR_SELECTION');
    const expected = new Map(ids.map((id, index) => [id, index === 2 ? 'ms_DenvsTu.mov' : id]));
    for (const [id, recording] of expected) {
      const { stage, warnings, ...described } = await describeVideo(rig.client, id);
      assert.deepEqual([described.recording, stage, warnings], [recording, 'PREPARING', []]);
    }
    const listed = new Map((await list(ids.length + 1)).map((video) => [video.videoId, video]));
    for (const [id, recording] of expected) assert.equal(listed.get(id)?.recording, recording);
    assert.equal(listed.get(own.workflowId)?.candidates, 5);
  });

  it('finds out which search attributes are missing, also where the server keeps their list to itself', async () => {
    const interceptors: Interceptor[] = [
      (options, next) => {
        const isList = options.method_definition.path.endsWith('/ListSearchAttributes');
        if (isList) throw Object.assign(new Error('denied'), { code: 7, details: 'denied', metadata: {} });
        return next(options) as ReturnType<Interceptor>;
      },
    ];
    const target = embeddedTarget(rig.server);
    const client = await connect({ ...target, connection: { ...target.connection, ...{ interceptors } } });
    await assert.rejects((client.connection as Connection).operatorService.listSearchAttributes({}), /denied/);
    assert.deepEqual(await missingSearchAttributes(client), []);
    const searchAttributes = ['BadmintonHost'];
    await (rig.client.connection as Connection).operatorService.removeSearchAttributes({
      namespace: 'default',
      searchAttributes,
    });
    while ((await missingSearchAttributes(client)).length === 0) await sleep(100);
    assert.deepEqual(await missingSearchAttributes(client), searchAttributes);
    await client.connection.close();
  });
});

const list = (count: number) =>
  untilListed(
    rig.client,
    (videos) => videos.length === count && videos.some(({ stage }) => stage === 'WAITING_FOR_SELECTION'),
    { running: true },
  );
