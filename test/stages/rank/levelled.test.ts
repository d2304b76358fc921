import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { medianBackground } from '../../../src/stages/rank/background.ts';
import { foregroundOf } from '../../../src/stages/rank/foreground.ts';
import { levelled } from '../../../src/stages/rank/levelled.ts';
import type { Miniature } from '../../../src/stages/rank/miniature.ts';
import { surveyOf } from '../../../src/stages/rank/survey.ts';
import { type Blob, court, look } from './drawn-looks.ts';

/** The look with another exposure. */
const exposed = (seen: Miniature, gain: number): Miniature => ({
  ...seen,
  luma: seen.luma.map((value) => Math.min(255, Math.round(value * gain))),
});
/** A court that is bright on one side, so that a gain shows; a player runs over it. */
function scene(time: number, ...others: Blob[]): Miniature {
  const player: Blob = { x: (time * 7) % 90, y: 30, width: 6, height: 18, luma: 20 };
  return look(time, { x: 0, y: 0, width: 60, height: court.height, luma: 150 }, player, ...others);
}
const gains = [1, 1.25, 0.8, 1.1, 0.9, 1.2, 0.85];
const recording = Array.from({ length: 35 }, (_, time) => exposed(scene(time), gains[time % gains.length] ?? 1));

const shareOf = (looks: readonly Miniature[]) => {
  const background = medianBackground(looks);
  return looks.map((seen) => foregroundOf(seen, background).share);
};

describe('levelled', () => {
  it('takes the exposure out of looks, so that only players stand out', () => {
    assert.ok(Math.max(...shareOf(recording)) > 0.5, 'before, a change of exposure is all over the picture');
    const player = (6 * 18) / (court.width * court.height);
    for (const share of shareOf(levelled(recording))) assert.ok(Math.abs(share - player) < 0.01, `${share}`);
    const survey = surveyOf({ looks: recording, pictures: [], pictureSize: { width: 1, height: 1 }, losses: {} });
    assert.ok(survey.holdsStill);
  });

  it('leaves looks with the same exposure as they are', () => {
    const steady = Array.from({ length: 20 }, (_, time) => scene(time));
    assert.deepEqual(levelled(steady), steady);
  });

  it('does not make somebody filling the picture look like the court', () => {
    const near: Blob = { x: 0, y: 0, width: 90, height: court.height, luma: 60 };
    const looks = [...recording, scene(40, near)];
    assert.ok((shareOf(levelled(looks)).at(-1) ?? 0) > 0.4);
  });

  it('makes nothing of nothing', () => {
    assert.deepEqual(levelled([]), []);
  });
});
