import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  type Candidate,
  type Choice,
  readSelection,
  refuseChoice,
  type SelectionState,
} from '../../src/domain/selection.ts';

const candidate = (rank: number): Candidate => ({
  rank,
  frame: `frame-${rank}.jpg`,
  time: rank,
  score: 1 / rank,
  why: '',
});
const ranked: SelectionState = { fixed: false, candidates: [candidate(1), candidate(2)], durationSeconds: 24 };
const unranked: SelectionState = { fixed: false };

describe('refuseChoice', () => {
  const taken: [string, Choice, SelectionState][] = [
    ['a candidate by its name', { frame: 'frame-2.jpg' }, ranked],
    ['the best', { best: true }, ranked],
    ['the best before ranking has ended', { best: true }, unranked],
    ['a moment', { atSeconds: 12.5 }, ranked],
    ['the very start and the very end', { atSeconds: 0 }, ranked],
    ['the last moment', { atSeconds: 24 }, ranked],
    ['any moment while the length is not known', { atSeconds: 9999 }, unranked],
  ];
  for (const [what, choice, state] of taken) {
    it(`takes ${what}`, () => assert.equal(refuseChoice(choice, state), undefined));
  }

  const refused: [string, Choice, SelectionState, RegExp][] = [
    ['a name before ranking has ended', { frame: 'frame-1.jpg' }, unranked, /Ranking has not finished/],
    [
      'a name that is none',
      { frame: 'frame-9.jpg' },
      ranked,
      /no candidate frame-9\.jpg; .*frame-1\.jpg, frame-2\.jpg/,
    ],
    ['a moment before the start', { atSeconds: -0.1 }, ranked, /before the start/],
    ['a moment before the start of an unknown recording', { atSeconds: -1 }, unranked, /before the start/],
    ['a moment past the end', { atSeconds: 24.1 }, ranked, /ends at 24\.0 s; 24\.1 s is past/],
    ['a second choice', { best: true }, { ...ranked, fixed: true }, /too late to choose another frame/],
    [
      'a second choice by name',
      { frame: 'frame-1.jpg' },
      { ...ranked, fixed: true },
      /too late to choose another frame/,
    ],
    [
      'a choice while another can be undone',
      { best: true },
      { ...ranked, undoable: { frame: 'frame-2.jpg' } },
      /The frame at 2\.0 s/,
    ],
    ['a second choice of a moment', { atSeconds: 1 }, { ...ranked, fixed: true }, /too late to choose another frame/],
  ];
  for (const [what, choice, state, sentence] of refused) {
    it(`refuses ${what} with a sentence`, () => {
      const problem = refuseChoice(choice, state) ?? '';
      assert.match(problem, sentence);
      assert.match(problem, /(\.|: npx badminton \S.*)$/, 'a sentence, or one that ends with a command');
    });
  }
});

describe('readSelection', () => {
  it('reads the three kinds of choice', () => {
    for (const choice of [{ frame: 'a.jpg' }, { atSeconds: 0 }, { atSeconds: 12.25 }, { best: true }] as const) {
      assert.deepEqual(readSelection(choice), { choice, undoSeconds: 0 });
    }
  });

  it('reads what accompanies a choice', () => {
    const look = { template: 'bar', theme: 'purple', crop: { x: 0.1, y: 0, width: 0.5, height: 0.5 } };
    assert.deepEqual(readSelection({ best: true, look, undoSeconds: 10 }), {
      choice: { best: true },
      look,
      undoSeconds: 10,
    });
  });

  const none: unknown[] = [
    undefined,
    null,
    'frame-1.jpg',
    7,
    [],
    [{ best: true }],
    {},
    { frame: '' },
    { frame: 3 },
    { best: false },
    { best: 'true' },
    { atSeconds: '3' },
    { atSeconds: null },
    { atSeconds: Number.NaN },
    { atSeconds: Number.POSITIVE_INFINITY },
    { best: true, frame: 'a.jpg' },
    { Frame: 'a.jpg' },
    { best: true, look: { template: '' } },
    { best: true, look: { colour: 'red' } },
    { best: true, look: { crop: { x: 0.6, y: 0, width: 0.5, height: 1 } } },
    { best: true, look: { crop: { x: 0, y: 0, width: 0, height: 1 } } },
    { best: true, undoSeconds: -1 },
    { best: true, undoSeconds: 3600 },
    { undoSeconds: 10 },
  ];
  for (const [index, value] of none.entries()) {
    it(`says why this is not a selection: ${JSON.stringify(value) ?? 'undefined'} (${index})`, () => {
      const problem = readSelection(value);
      assert.ok(typeof problem === 'string' && problem.length > 10);
    });
  }

  it('turns any JSON into a selection that reads back the same, or a sentence, and never throws', () => {
    const near = fc.record(
      { frame: fc.jsonValue(), atSeconds: fc.jsonValue(), best: fc.jsonValue() },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), near), (value) => {
        const selection = readSelection(value);
        if (typeof selection === 'string') return;
        assert.deepEqual(readSelection(JSON.parse(JSON.stringify(selection.choice))), selection);
        assert.ok(refuseChoice(selection.choice, { fixed: true }));
      }),
      { numRuns: 500 },
    );
  });
});
