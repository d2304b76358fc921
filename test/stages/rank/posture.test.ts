import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { explain } from '../../../src/stages/rank/explain.ts';
import { measures, postureOf } from '../../../src/stages/rank/posture.ts';
import { scorePostures } from '../../../src/stages/rank/posture-score.ts';
import { person, type Stand } from './drawn-people.ts';

const near = (value: number | undefined, wanted: number) =>
  assert.ok(value !== undefined && Math.abs(value - wanted) < 1e-6, `${value}, not ${wanted}`);

describe('postureOf', () => {
  it('measures a body whatever its size', () => {
    for (const height of [60, 400]) {
      const posture = postureOf([person({ height, stance: 1.4, lean: 0.3, bend: 0.6, reach: 0.7 })]);
      near(posture?.stance, 1.4);
      near(posture?.lean, 0.3);
      near(posture?.knees, 0.6);
      near(posture?.reach, 0.7);
    }
  });

  it('considers the four largest, by height and by the model’s confidence in them', () => {
    const lunge = { stance: 2, height: 200 };
    const upright = { stance: 0, height: 50 };
    near(postureOf([person(upright), person(lunge)])?.stance, (2 * 200) / (200 + 50));
    const doubted = { ...person(lunge), confidence: 0.35 };
    near(postureOf([person(upright), doubted])?.stance, (2 * 200 * 0.35) / (200 * 0.35 + 50 * 0.7));
    const spectators = Array.from({ length: 3 }, () => person({ stance: 2.4, height: 40 }));
    near(postureOf([...spectators, ...Array.from({ length: 4 }, () => person({ stance: 1 }))])?.stance, 1);
  });

  it('knows nothing about an empty court, and stays plausible whatever the joints', () => {
    assert.equal(postureOf([]), undefined);
    const giants = [50, 91, 179].map((height) => person({ height, stance: 50 }));
    assert.equal(postureOf(giants)?.stance, 2.5);
    const wild = fc.record({
      height: fc.double({ min: 1, max: 1000, noNaN: true }),
      stance: fc.double({ min: -50, max: 50, noNaN: true }),
      reach: fc.double({ min: -50, max: 50, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(wild, { minLength: 1, maxLength: 6 }), (stands) => {
        const posture = postureOf(stands.map(person));
        for (const measure of measures) assert.ok(Math.abs(posture?.[measure] ?? Number.NaN) <= 2.5);
      }),
    );
  });
});

describe('scorePostures', () => {
  const scores = (...stands: Stand[]) => scorePostures(stands.map((stand) => postureOf([person(stand)])));

  it('ranks every sign of a rally above standing', () => {
    const stands = [{}, { stance: 1.2 }, { lean: 0.4 }, { bend: 0.8 }, { reach: 0.5 }];
    const [standing = 0, ...rallies] = scores(...stands);
    for (const rally of rallies) assert.ok((rally ?? 0) > standing);
  });

  it('judges within the recording: a camera that sees all stances wider does not change the order', () => {
    const order = (factor: number) => {
      const all = scores(...[0.3, 1.1, 0.5, 0.9, 0.2].map((stance) => ({ stance: stance * factor })));
      return all.map((score, index) => ({ score: score ?? 0, index })).sort((a, b) => b.score - a.score);
    };
    assert.deepEqual(
      order(1).map(({ index }) => index),
      order(1.6).map(({ index }) => index),
    );
  });

  it('scores a single frame too, but not frames without people', () => {
    const [one] = scores({ stance: 1.4, lean: 0.3, bend: 0.6 });
    assert.ok((one ?? 0) > 0);
    assert.deepEqual(scorePostures([undefined]), [undefined]);
  });
});

describe('explain', () => {
  const told = (stands: Stand[] | undefined, clear = 1, sharpness = 0.5) =>
    explain({ people: stands?.map(person), view: { clear, strange: 0 }, sharpness, pictureHeight: 288 });

  it('says what a person sees', () => {
    assert.equal(
      told([{ height: 120, stance: 1.6, bend: 0.7 }, {}], 1, 0.9),
      'lunge, near player large, 2 players, sharp',
    );
    assert.equal(told([{ height: 60, reach: 0.8 }]), 'racket arm up, one player');
    assert.equal(told([{}, {}], 1, 0.1), 'upright, near player large, 2 players, blurred');
    assert.match(told([{}], 0), /blocks the view/);
    assert.equal(told([]), 'no player found');
    assert.equal(told(undefined), 'judged by movement alone');
  });
});
