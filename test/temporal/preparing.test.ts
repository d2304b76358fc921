import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Rig, startRig, untilStage } from '../support/rig.ts';
import { sampleRecording } from '../support/sample-recording.ts';

let rig: Rig;
let asked = 0;
let askedWhilePreparing: number | undefined;

describe('PREPARING', () => {
  before(async () => {
    rig = await startRig({
      around: (activities) => ({
        ...activities,
        async prepareVideoActivity(...args) {
          const before = asked;
          const prepared = await activities.prepareVideoActivity(...args);
          askedWhilePreparing = asked - before;
          return prepared;
        },
      }),
    });
  });
  after(() => rig.close());

  it('asks for the fingerprint once, so that it checks, takes and records the same content', async (t) => {
    const { recordings } = rig.store;
    const { fingerprint } = recordings;
    t.mock.method(recordings, 'fingerprint', (file: string) => {
      asked += 1;
      return fingerprint(file);
    });
    const handle = await rig.start(await sampleRecording(rig.folder));
    await untilStage(handle, 'WAITING_FOR_SELECTION');
    assert.equal(askedWhilePreparing, 1);
    await handle.cancel();
  });
});
