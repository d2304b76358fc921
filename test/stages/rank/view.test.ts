import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { foregroundOf } from '../../../src/stages/rank/foreground.ts';
import { viewsOf } from '../../../src/stages/rank/view.ts';
import { type Blob, background, court, look } from './drawn-looks.ts';

/** Forty looks at two players who run over the lower half of the picture, and then these. */
function viewsAfterPlay(...scenes: Blob[][]) {
  const play = Array.from({ length: 40 }, (_, time): Blob[] => [
    { x: (time * 7) % 90, y: 24, width: 6, height: 18 },
    { x: (time * 11) % 90, y: 36, width: 8, height: 20 },
  ]);
  const foregrounds = [...play, ...scenes].map((blobs, time) => foregroundOf(look(time, ...blobs), background()));
  const views = viewsOf(foregrounds, court.width, court.height);
  const after = views.slice(40);
  return {
    play: views.slice(0, 40),
    after: after.map(({ clear }) => clear),
    obstacles: after.map(({ obstacle }) => obstacle),
  };
}

const player: Blob = { x: 50, y: 30, width: 8, height: 20 };

describe('viewsOf', () => {
  it('finds the view clear while players play', () => {
    assert.ok(viewsAfterPlay().play.every(({ clear }) => clear === 1));
  });

  it('finds it blocked by somebody near the lens, in one piece or in many', () => {
    const whole: Blob = { x: 20, y: 0, width: 40, height: 60 };
    const pieces = Array.from({ length: 6 }, (_, piece): Blob => ({ x: 20, y: piece * 9, width: 40, height: 6 }));
    assert.deepEqual(viewsAfterPlay([whole], pieces, [player]).after, [0, 0, 1]);
  });

  it('finds it blocked by a title above the players, small as it is', () => {
    const title: Blob = { x: 10, y: 6, width: 24, height: 5 };
    assert.deepEqual(viewsAfterPlay([title, player]).after, [0]);
  });

  it('notices looks that are out of focus, and distinguishes obstacles', () => {
    const [near, title, blurred]: Blob[] = [
      { x: 20, y: 0, width: 40, height: 60, detail: 10 },
      { x: 10, y: 6, width: 24, height: 5 },
      { ...player, detail: 18 },
    ];
    const { obstacles } = viewsAfterPlay([near as Blob], [title as Blob, player], [blurred as Blob], [player]);
    assert.deepEqual(obstacles, ['in front', 'title', 'blurred', undefined]);
  });

  it('lets a player reach slightly further than ever before', () => {
    assert.deepEqual(viewsAfterPlay([{ x: 40, y: 38, width: 14, height: 21 }]).after, [1]);
  });

  it('says nothing about no looks', () => {
    assert.deepEqual(viewsOf([], court.width, court.height), []);
  });
});
