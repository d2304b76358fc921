import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ConnectionOptions } from '@temporalio/client';
import { inTurn } from '../../src/cli/in-turn.ts';
import { explainClientError } from '../../src/temporal/client/errors.ts';
import { listVideos } from '../../src/temporal/client/videos.ts';
import { connect, embeddedTarget } from '../../src/temporal/connect.ts';
import { openGate } from '../support/gate.ts';
import { type Rig, startRig } from '../support/rig.ts';

describe('the deadline of a call', () => {
  let rig: Rig;
  before(async () => {
    rig = await startRig();
  });
  after(() => rig.close());

  it('applies to each call, not to our own work between two calls', async () => {
    const client = await connect(embeddedTarget(rig.server), 2000);
    try {
      for (let call = 0; call < 2; call += 1, await sleep(2500)) assert.ok(await listVideos(client));
    } finally {
      await client.connection.close();
    }
  });

  it('is over as soon as the connection is closed, also between two tries', async (t) => {
    let tries = 0;
    const interceptors: NonNullable<ConnectionOptions['interceptors']> = [
      (options, next) => {
        tries += 1;
        return next(options) as ReturnType<NonNullable<ConnectionOptions['interceptors']>[number]>;
      },
    ];
    const gate = await openGate(rig.server.address);
    t.after(() => gate.shut());
    const connection = { address: gate.address, ...{ interceptors } };
    const client = await connect({ ...embeddedTarget(rig.server), connection });
    await gate.shut();
    const before = tries;
    const asked = Promise.allSettled(Array.from({ length: 5 }, () => listVideos(client)));
    while (tries < before + 20) await sleep(10);
    await client.connection.close();
    const outcomes = await asked;
    assert.deepEqual(new Set(outcomes.map(({ status }) => status)), new Set(['rejected']));
    const last = tries;
    // What a timer throws would end the program.
    await sleep(1500);
    assert.equal(tries, last);
  });

  it('ends a call to a server that does not answer, and earlier outcomes are printed', async (t) => {
    const gate = await openGate(rig.server.address);
    t.after(() => gate.shut());
    const target = embeddedTarget(rig.server);
    const client = await connect({ ...target, connection: { address: gate.address } }, 1500);
    t.after(() => client.connection.close());
    const written: string[] = [];
    t.mock.method(process.stdout, 'write', (text: string) => written.push(text) > 0);
    const items = [1, 2, 3];
    const act = async (item: number) => {
      if (item === 2) await gate.shut();
      await listVideos(client);
      return { item, text: `${item} is done` };
    };
    const doing = inTurn(items, { json: undefined, act });
    await assert.rejects(doing, (error) => String(explainClientError(error, 'the gate')).includes('does not answer'));
    assert.deepEqual(
      written.filter((text) => text.includes('is done')),
      ['1 is done\n'],
    );
  });
});
