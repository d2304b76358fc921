import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { activityOf } from '../../../src/stages/rank/activity.ts';
import { foregroundOf } from '../../../src/stages/rank/foreground.ts';
import { background, look } from './drawn-looks.ts';

/** A player who, each second, is somewhere else during the rally and shifts slightly in a pause. */
function match(seconds: number, isRally: (second: number) => boolean) {
  let state = 1;
  const random = () => {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    return state / 2 ** 31;
  };
  const times = Array.from({ length: seconds }, (_, second) => second);
  const foregrounds = times.map((second) => {
    const x = isRally(second) ? Math.floor(random() * 85) : 40 + Math.floor(random() * 4);
    return foregroundOf(look(second, { x, y: 30, width: 8, height: 18 }), background());
  });
  return activityOf(
    times,
    foregrounds,
    times.map(() => ({ clear: 1, strange: 0 })),
  );
}

describe('activityOf', () => {
  it('finds rallies between pauses', () => {
    const { rallies, trust, curve } = match(120, (second) => second % 40 < 20);
    assert.ok(trust > 0.3, `${trust}`);
    assert.equal(rallies.length, 3);
    for (const [index, { start, end, intensity }] of rallies.entries()) {
      assert.ok(Math.abs(start - index * 40) <= 4 && Math.abs(end - (index * 40 + 20)) <= 4, `${start} to ${end}`);
      assert.ok(intensity > 0.4 && intensity <= 1);
    }
    assert.ok(curve.every(({ value = -1 }) => value >= 0 && value <= 1));
  });

  it('does not trust movement in a time-lapse, nor too little of it in a short clip', () => {
    let state = 7;
    const lapse = match(200, () => {
      state = (state * 69069 + 1) % 2 ** 32;
      return state > 2 ** 31;
    });
    assert.ok(lapse.trust < 0.2, `${lapse.trust}`);
    assert.equal(match(20, (second) => second < 10).trust, 0);
  });

  it('says nothing about nothing', () => {
    const { curve, rallies, trust, none } = activityOf([], [], []);
    assert.deepEqual({ curve, rallies, trust }, { curve: [], rallies: [], trust: 0 });
    assert.match(none ?? '', /too short/);
  });
});
