import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openPoseFinder, type Person, type Scrutiny } from '../../../src/pose/index.ts';
import { findPlayers } from '../../../src/stages/rank/find-players.ts';
import { planExamination } from '../../../src/stages/rank/plan-examination.ts';
import { postureOf } from '../../../src/stages/rank/posture.ts';
import { meanPosture } from '../../../src/stages/rank/rate.ts';
import { type PeopleByLook, sightingsBook } from '../../../src/stages/rank/sightings.ts';
import { person } from './drawn-people.ts';

const every = (seconds: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({ time: index * seconds }));

/** The stance each look shows, and what a brief look mistakes it for. */
interface Scene {
  readonly count: number;
  readonly stance: (index: number) => number;
  readonly mistaken?: (index: number) => number;
  readonly promise?: (index: number) => number;
}

/** Examines looks whose people are already in the book: nothing is left for the model to do. */
async function examined({ count, stance, mistaken = stance, promise = () => 0 }: Scene) {
  const looks = every(2, count);
  const attentions: Scrutiny[] = ['brief', 'close', 'mirrored'];
  const known = looks.flatMap((_, index) =>
    attentions.map((attention): [string, Person[]] => {
      const seen = attention === 'brief' ? mistaken(index) : stance(index);
      return [`${index} ${attention}`, [person({ stance: seen })]];
    }),
  );
  const finder = openPoseFinder({ expected: 1 });
  const fractions: number[] = [];
  const rated = (people: PeopleByLook) => {
    const stances = [...people].map(([index, seen]) => [index, meanPosture(seen)?.stance ?? 0] as const);
    return stances.sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([index]) => index);
  };
  try {
    const { people, trouble } = await findPlayers({
      pictures: looks.map(() => new Uint8Array(1)),
      plan: planExamination(looks, 5),
      promise: looks.map((_, index) => promise(index)),
      best: (people, most) => rated(people).slice(0, most),
      book: sightingsBook(known),
      finder,
      onFraction: (fraction) => fractions.push(fraction),
    });
    assert.equal(trouble, undefined);
    assert.deepEqual(
      fractions,
      fractions.toSorted((a, b) => a - b),
    );
    return { people, rated: rated(people), done: fractions.at(-1) ?? 0 };
  } finally {
    await finder.close();
  }
}

describe('findPlayers', () => {
  it('looks closely at every look of a short recording, and twice at the best', async () => {
    const { people, rated, done } = await examined({ count: 60, stance: (index) => (index === 33 ? 2 : 0.5) });
    assert.equal(people.size, 60);
    assert.equal(rated[0], 33);
    assert.equal(people.get(33)?.times.length, 2);
    assert.equal([...people.values()].filter(({ times }) => times.length === 2).length, 8);
    assert.ok([...people.values()].every(({ brief }) => !brief));
    assert.equal(done, 1);
  });

  it('looks briefly at every look of a longer one, and corrects what it saw with closer looks', async () => {
    const { people, rated } = await examined({
      count: 150,
      stance: (index) => (index === 101 ? 1.9 : 0.5),
      mistaken: (index) => (index === 7 ? 2.2 : index === 101 ? 1.5 : 0.5),
    });
    assert.equal(people.size, 150);
    assert.equal(rated[0], 101);
    for (const index of [7, 101])
      assert.deepEqual([people.get(index)?.brief, people.get(index)?.times.length], [false, 1]);
    assert.equal([...people.values()].filter(({ brief }) => !brief).length, 8);
    const [seen] = people.get(7)?.times ?? [];
    assert.equal(postureOf(seen ?? [])?.stance.toFixed(2), '0.50');
  });

  it('follows promise in a long one, then looks around the best of what it saw', async () => {
    const { people, rated } = await examined({
      count: 300,
      stance: (index) => (index === 202 ? 2 : index === 201 ? 1.5 : 0.5),
      promise: (index) => (index === 201 ? 3 : index % 8 === 4 ? 1 : 0),
    });
    assert.equal(rated[0], 202);
    assert.ok(people.size < 60, `${people.size} looks`);
  });

  it('says what went wrong, and keeps what had been seen', async () => {
    const looks = every(2, 10);
    const finder = openPoseFinder({ expected: 1 });
    const { people, trouble } = await findPlayers({
      pictures: looks.map(() => Buffer.from('no picture')),
      plan: planExamination(looks, 5),
      promise: [],
      best: () => [],
      book: sightingsBook([['3 close', [person()]]]),
      finder,
      onFraction: () => {},
    });
    await finder.close();
    assert.match(trouble ?? '', /pose process/);
    assert.deepEqual([...people.keys()], [3]);
  });
});

describe('planExamination', () => {
  it('looks at all of a short recording, but not twice within half a second', () => {
    assert.equal(planExamination(every(1, 90), 5).attention, 'close');
    assert.deepEqual(
      planExamination(every(0.25, 100), 5).pool,
      Array.from({ length: 50 }, (_, nth) => nth * 2),
    );
  });

  it('keeps the work within bounds, and in proportion to the looks of a long recording', () => {
    const work = (count: number) => planExamination(every(2, count), 5).work;
    for (let count = 1; count < 300; count += 10) assert.ok(work(count) <= 100, `${count} looks: ${work(count)}`);
    assert.ok(work(300) < 40);
    assert.ok(work(1800) < 150);
  });

  it('keeps more finalists than there will be candidates', () => {
    assert.equal(planExamination(every(2, 300), 5).finalists, 8);
    assert.equal(planExamination(every(2, 300), 12).finalists, 15);
  });
});
