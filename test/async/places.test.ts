import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createPlaces } from '../../src/async/places.ts';

it('runs no more works at once than there are places, in their order, also after failures', async () => {
  const place = createPlaces(3);
  const begun: number[] = [];
  let running = 0;
  let most = 0;
  const outcomes = await Promise.allSettled(
    Array.from({ length: 20 }, (_, number) =>
      place(async () => {
        begun.push(number);
        running += 1;
        most = Math.max(most, running);
        await new Promise(setImmediate);
        running -= 1;
        if (number % 4 === 0) throw new Error('failed');
        return number;
      }),
    ),
  );
  assert.equal(most, 3);
  assert.deepEqual(begun, [...begun.keys()]);
  assert.equal(outcomes.filter(({ status }) => status === 'rejected').length, 5);
});
