import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { medianBackground } from '../../../src/stages/rank/background.ts';
import { background, look } from './drawn-looks.ts';

const empty = background();

describe('medianBackground', () => {
  it('shows the empty court although players run over it in every look', () => {
    const looks = Array.from({ length: 40 }, (_, time) =>
      look(
        time,
        { x: (time * 7) % 90, y: 20, width: 8, height: 20 },
        { x: (time * 11) % 90, y: 45, width: 6, height: 12 },
      ),
    );
    assert.deepEqual(medianBackground(looks), empty);
  });

  it('shows what is there most of the time, such as a bench', () => {
    const bench = { x: 10, y: 50, width: 30, height: 5, luma: 30 };
    const looks = Array.from({ length: 9 }, (_, time) => (time < 4 ? look(time) : look(time, bench)));
    assert.deepEqual(medianBackground(looks), look(0, bench).luma);
  });

  it('looks at the whole of a long recording, not only at its beginning', () => {
    const early = { x: 0, y: 0, width: 50, height: 30 };
    const looks = Array.from({ length: 1800 }, (_, time) => (time < 800 ? look(time, early) : look(time)));
    assert.deepEqual(medianBackground(looks), empty);
  });

  it('accepts one look, or none, as it is', () => {
    const one = look(0, { x: 5, y: 5, width: 5, height: 5 });
    assert.deepEqual(medianBackground([one]), one.luma);
    assert.equal(medianBackground([]).length, 0);
  });
});
