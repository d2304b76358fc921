import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { foregroundOf } from '../../../src/stages/rank/foreground.ts';
import { type Judged, rejectedOf } from '../../../src/stages/rank/rejected.ts';
import { background, look } from './drawn-looks.ts';

function moment(time: number, score: number, x: number, obstacle?: Judged['obstacle']): Judged {
  const seen = look(time, { x, y: 20, width: 8, height: 16 });
  return { time, score, obstacle, clear: obstacle ? 0 : 1, look: seen, foreground: foregroundOf(seen, background()) };
}

describe('rejectedOf', () => {
  const first = moment(10, 0.9, 10);
  const second = moment(60, 0.6, 50);
  const candidates = [first, second];
  const reasonsOf = (...others: Judged[]) =>
    rejectedOf([...candidates, ...others], candidates).map(({ time, reason }) => [time, reason]);

  it('names what is in the way', () => {
    const reasons = reasonsOf(moment(20, 0, 30, 'in front'), moment(30, 0.1, 30, 'title'), moment(40, 0, 9, 'blurred'));
    assert.deepEqual(reasons, [
      [20, 'in front'],
      [30, 'title'],
      [40, 'blurred'],
    ]);
  });

  it('names looks at a moment that is already a candidate, and leaves out those that scored less', () => {
    assert.deepEqual(reasonsOf(moment(12, 0.8, 80), moment(100, 0.7, 10), moment(13, 0.5, 80)), [
      [12, 'near a candidate'],
      [100, 'like a candidate'],
    ]);
    const [near, like] = rejectedOf([moment(12, 0.8, 80), moment(100, 0.7, 10)], candidates);
    assert.equal(near?.why, 'too near the candidate at 10.0 s');
    assert.equal(like?.why, 'the same picture as 10.0 s');
  });

  it('never rejects a candidate', () => {
    const covered = moment(5, 0.1, 20, 'in front');
    assert.deepEqual(rejectedOf([covered], [covered]), []);
  });
});
