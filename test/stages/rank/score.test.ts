import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { foregroundOf } from '../../../src/stages/rank/foreground.ts';
import { scoreFrames } from '../../../src/stages/rank/score.ts';
import { type Blob, background, look } from './drawn-looks.ts';

const player = (x: number, detail = 60): Blob => ({ x, y: 20, width: 8, height: 16, detail });

/** The times, best first. */
function order(...scenes: Blob[][]): number[] {
  const frames = scenes.map((blobs, time) => ({ time, foreground: foregroundOf(look(time, ...blobs), background()) }));
  return scoreFrames(frames)
    .toSorted((a, b) => b.score - a.score)
    .map(({ time }) => time);
}

describe('scoreFrames', () => {
  it('puts more players before fewer, and an empty court behind them', () => {
    assert.deepEqual(
      order([], [player(10), player(30), player(50)], [player(10)], [player(10), player(40)]),
      [1, 3, 2, 0],
    );
  });

  it('puts sharp players before blurred ones', () => {
    assert.deepEqual(order([player(10, 20)], [player(10, 90)], [player(10, 50)]), [1, 2, 0]);
  });

  it('puts somebody right in front of the lens last, behind even an empty court’s neighbour', () => {
    const blocked: Blob = { x: 0, y: 0, width: 60, height: 60, detail: 200 };
    const found = order([blocked, player(80)], [player(10)], [player(10), player(40)]);
    assert.equal(found.at(-1), 0);
    const [scored] = scoreFrames([{ time: 0, foreground: foregroundOf(look(0, blocked), background()) }]);
    assert.deepEqual([scored?.score, scored?.why], [0, 'somebody stands in front of the lens']);
  });

  it('scores any frames between 0 and 1, each with a reason, in their order', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const frame = fc.record({
      time: share,
      foreground: fc.record({ share, largest: share, sharpness: fc.double({ min: 0, max: 255, noNaN: true }) }),
    });
    fc.assert(
      fc.property(fc.array(frame), (frames) => {
        const scored = scoreFrames(frames);
        assert.deepEqual(
          scored.map(({ time }) => time),
          frames.map(({ time }) => time),
        );
        for (const { score, why } of scored) assert.ok(score >= 0 && score <= 1 && why.length > 0);
      }),
    );
  });
});
