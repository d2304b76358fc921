import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { applyCorrections, matchFromCorrections, parseCorrections, parseTeams } from '../../src/domain/corrections.ts';
import { StageError } from '../../src/domain/errors.ts';
import { type Match, matchTypes, playersPerTeam } from '../../src/domain/match.ts';
import { anyText } from './arbitraries.ts';

const match: Match = {
  matchType: 'md',
  teams: [
    ['Huy', 'Viet'],
    ['The', 'Leo'],
  ],
  tournament: 'Cafe Game',
};

function refusal(action: () => unknown): StageError {
  try {
    action();
  } catch (error) {
    assert.ok(error instanceof StageError, `not a StageError: ${error}`);
    assert.equal(error.code, 'METADATA_INVALID');
    assert.equal(error.remedy, 'fix');
    assert.notEqual(error.action, '');
    return error;
  }
  return assert.fail('not refused');
}

test('corrections are tidied', () => {
  assert.deepEqual(
    parseCorrections({
      matchType: 'xd',
      teams: [
        [' Ze ', 'Tra\u0302m'],
        ['Khanh', 'Vy'],
      ],
      tournament: ' Spring  Cup ',
      title: ' The  final ',
      description: 'one\r\ntwo ',
      date: ' 2024-12-15 ',
      privacy: 'public',
    }),
    {
      matchType: 'xd',
      teams: [
        ['Ze', 'Trâm'],
        ['Khanh', 'Vy'],
      ],
      tournament: 'Spring Cup',
      title: 'The final',
      description: 'one\ntwo',
      date: '2024-12-15',
      privacy: 'public',
    },
  );
  assert.deepEqual(parseCorrections({}), {});
});

const wrong: readonly (readonly [value: unknown, problem: RegExp])[] = [
  [null, /must be an object/],
  ['title', /must be an object/],
  [{ titel: 'x' }, /unknown: titel; known fields are matchType, teams/],
  [{ matchType: 'dm' }, /one of ms, md, ws, wd, xd/],
  [{ privacy: 'secret' }, /one of public, unlisted, private/],
  [{ teams: 'A/B vs C/D' }, /list of two teams/],
  [{ teams: [['A', 'B']] }, /list of two teams/],
  [{ teams: [[], ['A']] }, /team needs a player/],
  [{ teams: [['A', 'B', 'C'], ['D']] }, /at most two players/],
  [
    {
      teams: [
        ['A', ''],
        ['C', 'D'],
      ],
    },
    /player's name is empty/,
  ],
  [
    {
      teams: [
        ['A', 'B<'],
        ['C', 'D'],
      ],
    },
    /player's name holds "<" or ">"/,
  ],
  [{ teams: [['A/B'], ['C']] }, /holds "\/"/],
  [{ teams: [['A'.repeat(41)], ['C']] }, /longer than 40 characters/],
  [{ tournament: '>' }, /tournament/],
  [{ tournament: 'x'.repeat(61) }, /longer than 60/],
  [{ title: '' }, /title is empty/],
  [{ title: 'a > b' }, /title holds "<" or ">"/],
  [{ title: 'a\nb' }, /single line/],
  [{ title: 'x'.repeat(101) }, /101 characters/],
  [{ title: 5 }, /title must be text/],
  [{ date: 20261120 }, /the date must be text/],
  [{ date: '2026-02-29' }, /"2026-02-29" is no day of the calendar such as 2026-11-20/],
  [{ date: '2026-11-20T19:00:00Z' }, /no day of the calendar/],
  [{ date: '2999-01-01' }, /2999-01-01 is in the future/],
  [{ date: '1904-01-01' }, /1904-01-01 is before 1990-01-01/],
  [{ description: '<b>' }, /description holds "<" or ">"/],
  [{ description: 'ế'.repeat(1667) }, /5001 bytes/],
];

for (const [value, problem] of wrong) {
  test(`the correction ${JSON.stringify(value).slice(0, 60)} is refused`, () => {
    assert.match(refusal(() => parseCorrections(value)).message, problem);
  });
}

test('a refusal names every problem', () => {
  const { message } = refusal(() => parseCorrections({ title: '<', privacy: 'x', matchType: 'y' }));
  assert.match(message, /match type/);
  assert.match(message, /"<"/);
  assert.match(message, /privacy/);
});

test('corrections replace what they name and leave the rest', () => {
  assert.deepEqual(applyCorrections(match, {}), match);
  assert.deepEqual(applyCorrections(match, { tournament: 'Spring Cup', title: 'The final' }), {
    ...match,
    tournament: 'Spring Cup',
  });
  const corrections = { matchType: 'ms', teams: [['Leo'], ['Huy']] } as const;
  assert.deepEqual(applyCorrections(match, corrections), { ...match, ...corrections });
  assert.deepEqual(applyCorrections(applyCorrections(match, corrections), corrections), { ...match, ...corrections });
});

test('a type that does not fit the teams is refused', () => {
  const { message } = refusal(() => applyCorrections(match, { matchType: 'ms' }));
  assert.match(message, /"Huy\/Viet" has 2 players; Men's Singles needs one/);
  assert.match(refusal(() => applyCorrections(match, { teams: [['Leo'], ['Huy']] })).message, /"Leo" has one player/);
});

test('type and teams together make a match on their own', () => {
  const teams = [['Leo'], ['Huy']] as const;
  assert.deepEqual(matchFromCorrections({ matchType: 'ms', teams }), {
    matchType: 'ms',
    teams,
    tournament: 'Cafe Game',
  });
  assert.equal(matchFromCorrections({ matchType: 'ms', teams, tournament: 'Cup' })?.tournament, 'Cup');
  assert.equal(matchFromCorrections({ teams }), undefined);
  assert.equal(matchFromCorrections({ matchType: 'ms', tournament: 'Cup' }), undefined);
  refusal(() => matchFromCorrections({ matchType: 'md', teams }));
});

test('teams are read from the command line', () => {
  const expected = [
    ['Anne-Marie', 'Dzung'],
    ['Vs', 'Trâm'],
  ];
  assert.deepEqual(parseTeams('Anne-Marie/Dzung vs Vs/Tra\u0302m', 'wd'), expected);
  assert.deepEqual(parseTeams(' Anne-Marie / Dzung  VS.  Vs / Trâm ', 'xd'), expected);
  assert.deepEqual(parseTeams('Vs / An VS Bo/Vs', 'md'), [
    ['Vs', 'An'],
    ['Bo', 'Vs'],
  ]);
  assert.deepEqual(parseTeams('KhanhzLeo vs Vsevolod', 'ms'), [['KhanhzLeo'], ['Vsevolod']]);
});

const wrongTeams: readonly (readonly [text: string, problem: RegExp])[] = [
  ['', /need one "vs"/],
  ['A/B', /need one "vs"/],
  ['A/BvsC/D', /need one "vs"/],
  ['A/B vs C/D vs E/F', /need one "vs"/],
  ['vs C/D', /has no players/],
  ['A/B vs', /has no players/],
  ['A vs C/D', /"A" has one player; Men's Doubles needs two/],
  ['A/B vs C/D/E', /"C\/D\/E" has 3 players/],
  ['A/ vs C/D', /"A\/".*name is empty/],
  ['A/B vs C/<D>', /holds "<" or ">"/],
  [`A/B vs C/${'D'.repeat(41)}`, /longer than 40/],
];

for (const [text, problem] of wrongTeams) {
  test(`the teams "${text.slice(0, 30)}" are refused with an example`, () => {
    const error = refusal(() => parseTeams(text, 'md'));
    assert.match(error.message, problem);
    assert.match(error.action, /Khanh\/Leo vs Huy\/Viet/);
  });
}

test('any text is either two whole teams or refused', () => {
  const texts = fc.tuple(anyText, anyText, anyText, anyText).map(([a, b, c, d]) => `${a}/${b} vs ${c}/${d}`);
  fc.assert(
    fc.property(fc.oneof(anyText, texts), fc.constantFrom(...matchTypes), (text, matchType) => {
      let teams: Match['teams'];
      try {
        teams = parseTeams(text, matchType);
      } catch (error) {
        assert.ok(error instanceof StageError);
        return;
      }
      for (const team of teams) assert.equal(team.length, playersPerTeam(matchType));
      assert.deepEqual(parseCorrections({ teams }).teams, teams);
    }),
  );
});
