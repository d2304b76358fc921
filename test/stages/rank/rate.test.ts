import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Person } from '../../../src/pose/index.ts';
import { cutOf } from '../../../src/stages/rank/rate.ts';
import { person } from './drawn-people.ts';

const picture = { width: 512, height: 288 };
const at = (x: number, y: number, height = 100): Person => {
  const drawn = person({ height });
  return { ...drawn, box: { ...drawn.box, x, y } };
};

describe('cutOf', () => {
  it('counts the near players cut off by any edge of the picture', () => {
    assert.equal(cutOf([at(100, 100), at(300, 100)], picture), 0);
    assert.equal(cutOf([at(0, 100), at(300, 100)], picture), 1);
    assert.equal(cutOf([at(512 - 40, 100), at(300, 288 - 100)], picture), 2);
    assert.equal(cutOf([at(100, 0), at(300, 100)], picture), 1);
  });

  it('considers only the two largest, and copes with an empty court', () => {
    assert.equal(cutOf([at(0, 100, 60), at(200, 100), at(300, 100)], picture), 0);
    assert.equal(cutOf([], picture), 0);
  });
});
