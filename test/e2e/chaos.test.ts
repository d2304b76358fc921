import assert from 'node:assert/strict';
import { it } from 'node:test';
import { runChaos } from '../../bench/chaos/run.ts';
import { temporaryFolder } from '../support/clean-up.ts';

/** The short form of `node bench/chaos.ts 200`. */
it('publishes each recording once and whole, whatever fails and whichever process is killed', async (t) => {
  const folder = await temporaryFolder(t);
  const report = await runChaos({ publishes: 10, seed: 7, folder, say: () => undefined, patience: 240 });
  assert.deepEqual(report.problems, []);
  assert.ok(report.killedUploaders > 0 && report.faults > 0, 'something did go wrong on the way');
});
