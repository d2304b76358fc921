import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { StageError } from '../../src/domain/errors.ts';
import { type ParsedName, parseRecordingName } from '../../src/domain/file-name.ts';
import { fileNameOf } from '../../src/domain/file-name-of.ts';
import { matchSchema, matchTypes, playersPerTeam } from '../../src/domain/match.ts';
import { tidyLine } from '../../src/domain/text.ts';
import { anyText } from './arbitraries.ts';

// Mostly the letters that make up separators.
const lower = fc.constantFrom(...'zzvvssaeiouếănh');
const upper = fc.constantFrom(...'ZVSĐABÁK');
const capitalisedName = fc
  .tuple(upper, fc.string({ unit: lower, minLength: 1, maxLength: 6 }))
  .map(([first, rest]) => first + rest);
const lowerCaseName = fc.string({ unit: lower, minLength: 1, maxLength: 6 });
const doublesTeam = fc.tuple(capitalisedName, capitalisedName);
const trickyPart = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('An', 'Zo', 'lizz', 'Vs', 'đứ', 'Liz Bo', 'z', 'Z', '+', '-', ' ', 'vs') },
  { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom(...'zvsZVS+-_ ()1aÁ.\u200d'), maxLength: 3 }) },
);
const trickyTeam = fc
  .tuple(trickyPart, fc.constantFrom('z', 'z', '+', '-', ' z ', ''), trickyPart, fc.constantFrom('', '', 'z', 'An'))
  .map((parts) => parts.join(''));
const nearGrammar = fc
  .tuple(
    fc.constantFrom(...matchTypes, 'MD', 'zz'),
    trickyTeam,
    fc.constantFrom('vs', 'VS', ' vs ', 'v'),
    trickyTeam,
    fc.constantFrom('', '_cup', '_1', ' (2)'),
  )
  .map(([type, first, vs, second, end]) => `${type}_${first}${vs}${second}${end}.mov`);

function parseOrRefusal(name: string): ParsedName | StageError {
  try {
    return parseRecordingName(name);
  } catch (error) {
    assert.ok(error instanceof StageError, `not a StageError: ${error}`);
    assert.equal(error.code, 'BAD_NAME');
    return error;
  }
}

for (const [separator, label] of [
  ['+', 'plus'],
  [' + ', 'plus with spaces'],
  ['-', 'hyphen'],
  ['z', 'z'],
] as const) {
  test(`capitalised partners joined by ${label} are read back exactly`, () => {
    fc.assert(
      fc.property(doublesTeam, doublesTeam, (first, second) => {
        const { match, ambiguous } = parseRecordingName(`md_${first.join(separator)}vs${second.join(separator)}.mov`);
        assert.deepEqual(match.teams, [first, second]);
        assert.equal(ambiguous, false);
      }),
      { numRuns: 500 },
    );
  });
}

test('the name that is built for a match is read as that match, whatever the players are called', () => {
  const player = fc.oneof(capitalisedName, lowerCaseName, trickyPart, anyText);
  const matchOf = (matchType: (typeof matchTypes)[number]) => {
    const team = fc.array(player, { minLength: playersPerTeam(matchType), maxLength: playersPerTeam(matchType) });
    const tournament = fc.oneof(fc.constantFrom('', 'Cafe Game', 'friendly game', 'Cup_2'), anyText);
    return fc.record({ matchType: fc.constant(matchType), teams: fc.tuple(team, team), tournament });
  };
  let built = 0;
  fc.assert(
    fc.property(fc.constantFrom(...matchTypes).chain(matchOf), (match) => {
      const name = fileNameOf(match);
      if (name === undefined) return;
      built += 1;
      const read = parseRecordingName(name);
      const tidy = match.teams.map((team) => team.map(tidyLine));
      assert.deepEqual([read.match.matchType, read.match.teams, read.ambiguous], [match.matchType, tidy, false]);
    }),
    { numRuns: 1000 },
  );
  assert.ok(built > 100, `${built} of 1000`);
});

test('the name that is built for a match joins partners with z where that is read rightly', () => {
  const teams = (first: string[], second: string[]) => ({ matchType: 'md' as const, teams: [first, second] as const });
  const built = [
    fileNameOf({ ...teams(['Khanh', 'Leo'], ['Huy', 'Viet']), tournament: 'Friendly Game' }),
    fileNameOf({ ...teams(['khanh', 'leo'], ['huy', 'viet']), tournament: '' }),
    fileNameOf({ ...teams(['Liz', 'Bo'], ['An', 'Zo']), tournament: 'cafe game' }),
    fileNameOf({ ...teams(['A/B', 'C'], ['D', 'E']), tournament: '' }),
  ];
  assert.deepEqual(built, [
    'md_KhanhzLeovsHuyzViet_Friendly Game.mov',
    'md_khanhzleovshuyzviet.mov',
    'md_LizzBovsAnzZo.mov',
    undefined,
  ]);
});

test('capitalised singles players are read back exactly', () => {
  fc.assert(
    fc.property(capitalisedName, capitalisedName, (first, second) => {
      assert.deepEqual(parseRecordingName(`ws_${first}vs${second}.mp4`).match.teams, [[first], [second]]);
    }),
    { numRuns: 500 },
  );
});

test('lower-case singles players are among the readings', () => {
  fc.assert(
    fc.property(lowerCaseName, lowerCaseName, (first, second) => {
      fc.pre(first.length > 1 && second.length > 1);
      const { match, alternatives } = parseRecordingName(`ms_${first} vs ${second}.mov`);
      assert.deepEqual(match.teams, [[first], [second]]);
      assert.deepEqual(alternatives, []);
      const tight = parseRecordingName(`ms_${first}vs${second}.mov`);
      const readings = [tight.match, ...tight.alternatives].map((reading) => reading.teams.join('|'));
      // "vvs" + "vs" + "a": a reading with a one-letter name is less likely, so only whole names are promised.
      assert.ok(readings.includes(`${first}|${second}`), readings.join(' '));
    }),
  );
});

test('any string is either read as a valid match or refused with a StageError', () => {
  fc.assert(
    fc.property(fc.oneof(anyText, nearGrammar), (name) => {
      const result = parseOrRefusal(name);
      if (result instanceof StageError) return;
      for (const match of [result.match, ...result.alternatives]) {
        assert.deepEqual(matchSchema.parse(match), match);
        for (const team of match.teams) {
          assert.equal(team.length, playersPerTeam(match.matchType));
          for (const player of team) assert.match(player, /[\p{L}\p{N}]/u);
        }
      }
      const readings = [result.match, ...result.alternatives].map((match) => JSON.stringify(match));
      assert.equal(new Set(readings).size, readings.length);
      assert.equal(result.ambiguous, readings.length > 1);
    }),
    { numRuns: 2000 },
  );
});

test('a good share of near-grammatical names is read, so that the test above means something', () => {
  const results = fc.sample(nearGrammar, { numRuns: 500, seed: 1 }).map(parseOrRefusal);
  const read = results.filter((result) => !(result instanceof StageError)).length;
  assert.ok(read > 50 && read < 450, `${read} of 500`);
});

test('NFC and NFD forms of a name give the same result', () => {
  fc.assert(
    fc.property(fc.oneof(nearGrammar, anyText), (name) => {
      const composed = parseOrRefusal(name.normalize('NFC'));
      const decomposed = parseOrRefusal(name.normalize('NFD'));
      if (composed instanceof StageError) assert.equal(String(decomposed), String(composed));
      else assert.deepEqual(decomposed, composed);
    }),
    { numRuns: 1000 },
  );
});

test('the longest and most ambiguous names are read quickly', () => {
  const started = performance.now();
  for (const text of ['zvs', 'Azvs', 'zAvsZB', 'z vs ', 'vs-A-z']) {
    parseOrRefusal(`md_${text.repeat(60).slice(0, 248)}.mov`);
  }
  assert.ok(performance.now() - started < 2000, `${performance.now() - started} ms`);
});
