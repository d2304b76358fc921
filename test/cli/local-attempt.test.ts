import assert from 'node:assert/strict';
import test from 'node:test';
import { z } from 'zod';
import { inThisTerminal } from '../../src/cli/local-attempt.ts';
import { stageBench } from '../support/stage-bench.ts';

const note = { file: 'note.json', schema: z.object({ by: z.string() }), upgrades: [] };

test('a command writes after one that ran while the clock was an hour ahead', async (t) => {
  const bench = await stageBench(t);
  const file = await bench.recording();
  const write = (by: string) =>
    inThisTerminal(bench.store, async ({ store, attempt }) => {
      const workspace = await store.open(file, attempt);
      workspace.write(note, { by });
      return workspace.read(note);
    });
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 3_600_000 });
  await write('the first');
  t.mock.timers.reset();
  assert.deepEqual(await write('the second'), { by: 'the second' });
});
