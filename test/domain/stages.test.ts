import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { isPast, stages } from '../../src/domain/stages.ts';

const line = stages.slice(0, stages.indexOf('COMPLETED') + 1);

describe('isPast', () => {
  it('follows the sequence from preparing to completed', () => {
    for (const [index, stage] of line.slice(1).entries()) {
      const before = line[index] as (typeof line)[number];
      assert.equal(isPast(before, stage), true, `${stage} comes after ${before}`);
      assert.equal(isPast(stage, before), false);
    }
  });

  it('orders any three stages without a cycle', () => {
    const stage = fc.constantFrom(...stages);
    fc.assert(
      fc.property(stage, stage, stage, (a, b, c) => {
        assert.equal(isPast(a, a), false);
        if (isPast(a, b) && isPast(b, c)) assert.ok(isPast(a, c));
        if (a !== b) assert.notEqual(isPast(a, b), isPast(b, a));
      }),
    );
  });
});
