import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  displayTeam,
  displayTeams,
  matchSchema,
  matchTypeHashtag,
  matchTypeLabel,
  matchTypes,
} from '../../src/domain/match.ts';

test('match types have a label and a hashtag', () => {
  assert.deepEqual(matchTypes.map(matchTypeLabel), [
    "Men's Singles",
    "Men's Doubles",
    "Women's Singles",
    "Women's Doubles",
    'Mixed Doubles',
  ]);
  assert.deepEqual(matchTypes.map(matchTypeHashtag), [
    'menssingles',
    'mensdoubles',
    'womenssingles',
    'womensdoubles',
    'mixeddoubles',
  ]);
});

test('teams are shown with a slash between partners', () => {
  assert.equal(displayTeam(['Khanh', 'Leo']), 'Khanh/Leo');
  assert.equal(displayTeams([['Leo'], ['Huy']]), 'Leo vs Huy');
});

test('a match record is read back tidied, or refused', () => {
  const match = {
    matchType: 'xd',
    teams: [
      ['Ze', 'Tra\u0302m '],
      ['A', 'B'],
    ],
    tournament: 'Cafe Game',
  };
  assert.deepEqual(matchSchema.parse(match).teams, [
    ['Ze', 'Trâm'],
    ['A', 'B'],
  ]);
  const wrong: unknown[] = [
    { ...match, matchType: 'ms' },
    { ...match, matchType: 'md2' },
    { ...match, teams: [['A', 'B']] },
    {
      ...match,
      teams: [
        ['A', ' '],
        ['C', 'D'],
      ],
    },
    { ...match, tournament: '' },
    { ...match, score: '21:19' },
  ];
  for (const value of wrong) assert.equal(matchSchema.safeParse(value).success, false, JSON.stringify(value));
});
