import assert from 'node:assert/strict';
import { rename } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { rehearsedAs } from '../../src/app/rehearsed/rehearsed-videos.ts';
import { pickUp, rememberCancellations } from '../../src/intake/pick-up.ts';
import { watchFolder } from '../../src/intake/watch-folder.ts';
import { type Rig, startRig, untilStage } from '../support/rig.ts';
import { smallMatch } from '../support/small-match.ts';

describe('a cancelled recording in the watched folder', () => {
  let rig: Rig;
  before(async () => {
    rig = await startRig();
  });
  after(() => rig.close());

  it('is left alone while it lies there, also when Temporal has forgotten it, and picked up when it is put back', async () => {
    const { client, videos, startVideo, store } = rig;
    const { pickUps } = store;
    const file = await smallMatch(path.join(rig.folder, 'input', 'ms_LeftvsLying.mov'), { seed: 990 });
    const again = async () => (await pickUp({ client, pickUps, startVideo }, file)).kind;
    assert.equal(await again(), 'started');
    assert.equal(await again(), 'joined', 'one that runs is not left');
    const { videoId = '' } = pickUps.find(file) ?? {};
    const handle = client.workflow.getHandle(videoId);
    await untilStage(handle, 'WAITING_FOR_SELECTION');
    const remembering = rememberCancellations(videos, pickUps);
    await handle.cancel();
    await assert.rejects(handle.result());
    for (let look = 0; !pickUps.find(file)?.isCancelled && look < 200; look += 1) await sleep(100);
    assert.equal(pickUps.find(file)?.isCancelled, true);
    remembering.end();
    assert.equal(await again(), 'left');

    const { namespace } = client.options;
    await client.workflowService.deleteWorkflowExecution({ namespace, workflowExecution: { workflowId: videoId } });
    while (
      await handle.describe().then(
        () => true,
        () => false,
      )
    )
      await sleep(100);
    assert.equal(await again(), 'left', 'Temporal no longer knows it');

    await rename(file, `${file}.away`);
    await rename(`${file}.away`, file);
    assert.equal(await again(), 'started');
    await handle.cancel();
    await assert.rejects(handle.result());
    assert.equal(await again(), 'left', 'it was cancelled anew');
  });

  it('is picked up by the watched folder though it is taken out and put back between two looks', async (t) => {
    const { client, startVideo, store } = rig;
    const folder = path.join(rig.folder, 'watched');
    const file = await smallMatch(path.join(folder, 'ms_OutvsIn.mov'), { seed: 991 });
    const kinds: string[] = [];
    const watching = watchFolder(folder, {
      ...{
        quietFor: 100,
        lookEvery: 500,
        check: async () => undefined,
        say: (message: string) => assert.fail(message),
      },
      async take(taken, isBack) {
        kinds.push((await pickUp({ client, pickUps: store.pickUps, startVideo }, taken, isBack)).kind);
      },
    });
    t.after(watching.close);
    const outAndIn = async () => {
      await rename(file, `${file}.away`);
      await rename(`${file}.away`, file);
    };
    const until = async (count: number) => {
      for (let look = 0; kinds.length < count && look < 200; look += 1) await sleep(50);
    };
    await until(1);
    await outAndIn();
    await until(2);
    const handle = client.workflow.getHandle(store.pickUps.find(file)?.videoId ?? '');
    await handle.cancel();
    await assert.rejects(handle.result());
    const atNextStart = await pickUp({ client, pickUps: store.pickUps, startVideo }, file);
    assert.equal(atNextStart.kind, 'left', 'where it lies now');
    await outAndIn();
    await until(3);
    const [first, whileItRan = '', afterwards] = kinds;
    assert.deepEqual([first, afterwards], ['started', 'started']);
    // A look may have fallen between the two moves.
    assert.ok(['known', 'joined'].includes(whileItRan), whileItRan);
    await handle.cancel();
  });

  it('is not started for real by lying in the folder once its content was rehearsed, whoever started that', async () => {
    const { client, startVideo, store } = rig;
    const { pickUps } = store;
    const file = await smallMatch(path.join(rig.folder, 'input', 'ms_OncevsRehearsed.mov'), { seed: 992 });
    const fingerprint = await store.recordings.fingerprint(file);
    const entry = { fingerprint, youtubeId: 'a', watchUrl: 'http://127.0.0.1/', title: 'A', recording: 'a.mov' };
    store.ledger.enter({ ...entry, target: 'local', publishedAt: new Date().toISOString() });
    let target: 'local' | 'youtube' = 'youtube';
    const parts = { client, pickUps, startVideo, rehearsedAs: rehearsedAs(store, () => ({ PUBLISH_TARGET: target })) };
    const kind = async () => (await pickUp(parts, file)).kind;
    assert.equal(await kind(), 'rehearsed', 'it was never picked up');
    target = 'local';
    assert.equal(await kind(), 'published');
    target = 'youtube';
    await rename(file, `${file}.away`);
    await rename(`${file}.away`, file);
    assert.equal(await kind(), 'rehearsed', 'put back');
  });
});
