import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { StageError } from '../../src/domain/errors.ts';
import { type Match, matchTypes, playersPerTeam } from '../../src/domain/match.ts';
import {
  buildMetadata,
  defaultHashtags,
  type MetadataSource,
  tagsLength,
  toHashtag,
} from '../../src/domain/metadata.ts';
import { validateDescription, validateTitle } from '../../src/domain/publish-limits.ts';
import { anyLongText } from './arbitraries.ts';

const source: MetadataSource = {
  match: {
    matchType: 'md',
    teams: [
      ['Den', 'Tu'],
      ['Huy', 'Ha'],
    ],
    tournament: 'Cafe Game',
  },
  date: '2024-12-15',
  videoId: 'video-0123456789abcdef',
  club: { hashtags: defaultHashtags },
  privacy: 'unlisted',
};

function build(changes: Partial<MetadataSource>) {
  return buildMetadata({ ...source, ...changes });
}

function withMatch(changes: Partial<Match>) {
  return build({ match: { ...source.match, ...changes } });
}

test('a match becomes title, description, tags and settings', () => {
  assert.deepEqual(buildMetadata(source), {
    title: 'Den/Tu vs Huy/Ha | Cafe Game (2024-12-15)',
    description: [
      '#sunbadminton #badminton #cafebadminton #mensdoubles #cafegame',
      '',
      'Cafe Game (2024-12-15)',
      "Men's Doubles",
      'Den/Tu vs Huy/Ha',
    ].join('\n'),
    tags: [
      'video-0123456789abcdef',
      'Den',
      'Tu',
      'Huy',
      'Ha',
      'Cafe Game',
      "Men's Doubles",
      'sunbadminton',
      'badminton',
      'cafebadminton',
    ],
    categoryId: '17',
    privacy: 'unlisted',
    recordingDate: '2024-12-15T00:00:00Z',
  });
});

test('a corrected date is in title, description and recording date', () => {
  const { title, description, recordingDate } = build({ corrections: { date: '2024-12-14' } });
  assert.equal(title, 'Den/Tu vs Huy/Ha | Cafe Game (2024-12-14)');
  assert.match(description, /^Cafe Game \(2024-12-14\)$/m);
  assert.equal(recordingDate, '2024-12-14T00:00:00Z');
});

test('corrections win, both to the match and to the text', () => {
  const corrections = {
    matchType: 'ms',
    teams: [['Leo'], ['Huy']],
    tournament: 'Spring Cup',
    privacy: 'public',
  } as const;
  const metadata = build({ corrections });
  assert.equal(metadata.title, 'Leo vs Huy | Spring Cup (2024-12-15)');
  assert.match(metadata.description, /#menssingles #springcup\n\nSpring Cup .*\nMen's Singles\nLeo vs Huy$/);
  assert.equal(metadata.privacy, 'public');
  const own = build({ corrections: { title: 'The final', description: 'one\n\ntwo' } });
  assert.equal(own.title, 'The final');
  assert.equal(own.description, 'one\n\ntwo');
});

test("a person's text that YouTube would refuse is refused, not changed", () => {
  for (const corrections of [{ title: 'a < b' }, { title: 'x'.repeat(101) }, { description: 'a > b' }]) {
    assert.throws(
      () => build({ corrections }),
      (error) => error instanceof StageError && error.code === 'METADATA_INVALID' && error.remedy === 'fix',
    );
  }
});

test('a date that is not a day is refused', () => {
  assert.throws(() => build({ date: '15.12.2024' }), { code: 'METADATA_INVALID' });
});

test('in a title that is too long the tournament is shortened first', () => {
  const { title } = withMatch({
    tournament: 'Open Championship of All Clubs Around the Lake and of Their Many Guests 2024',
  });
  assert.equal(
    title,
    'Den/Tu vs Huy/Ha | Open Championship of All Clubs Around the Lake and of Their Many Gu… (2024-12-15)',
  );
  assert.equal(title.length, 100);
});

test('then the tournament goes, then long names are shortened while short ones stay whole', () => {
  const long = 'Maximiliana Alexandrina';
  const withoutTournament = withMatch({
    teams: [
      [long, long],
      [long, 'Bo'],
    ],
  }).title;
  assert.equal(withoutTournament, `${long}/${long} vs ${long}/Bo (2024-12-15)`);
  const shortened = withMatch({
    teams: [
      [`${long} of the Lake`, `${long} of the Hill`],
      [`${long} of the Sea`, 'Bo'],
    ],
  }).title;
  assert.equal(shortened.length <= 100, true);
  assert.match(shortened, /^Maximiliana Alexandrina o…\/.*\/Bo \(2024-12-15\)$/);
});

test('a title keeps emoji and letters with diacritics whole', () => {
  const family = '👨‍👩‍👧';
  const { title } = withMatch({ tournament: family.repeat(20) });
  assert.match(title, /^Den\/Tu vs Huy\/Ha \| (?:👨‍👩‍👧)+… \(2024-12-15\)$/u);
});

test('angle brackets in a file name are replaced', () => {
  const { title, description } = withMatch({
    tournament: '<Cup>',
    teams: [
      ['A<', 'B'],
      ['C', 'D'],
    ],
  });
  assert.equal(title, 'A‹/B vs C/D | ‹Cup› (2024-12-15)');
  assert.match(description, /\nA‹\/B vs C\/D$/);
});

test('hashtags are letters and digits, each once', () => {
  assert.equal(toHashtag('#Giải Mùa-Hè (U19)!'), 'giảimùahèu19');
  assert.equal(toHashtag(' -# '), '');
  const { description } = build({ club: { hashtags: ['#Sun Badminton', 'sunbadminton', '', 'cafe game'] } });
  assert.match(description, /^#sunbadminton #cafegame #mensdoubles\n\n/);
});

test('with more hashtags than YouTube accepts, those of the match stay', () => {
  const hashtags = Array.from({ length: 100 }, (_, index) => `club${index}`);
  const line = build({ club: { hashtags } }).description.split('\n')[0] ?? '';
  assert.equal(line.split(' ').length, 60);
  assert.match(line, /#mensdoubles #cafegame$/);
});

test('tags are counted with commas and quotation marks', () => {
  assert.equal(tagsLength(['Foo-Baz']), 7);
  assert.equal(tagsLength(['Foo Baz']), 9);
  assert.equal(tagsLength(['Foo Baz', 'x']), 11);
});

test('problems in a title or description are listed as it is typed', () => {
  assert.deepEqual(validateTitle('x'.repeat(100)), []);
  assert.equal(validateTitle(`${'x'.repeat(99)}👍`).length, 1);
  assert.equal(validateTitle(' ').length, 1);
  assert.equal(validateTitle(`<${'x'.repeat(100)}\n\ud83d`).length, 4);
  assert.deepEqual(validateDescription(''), []);
  assert.deepEqual(validateDescription('x'.repeat(5000)), []);
  assert.equal(validateDescription('x'.repeat(5001)).length, 1);
  assert.equal(validateDescription('a > b\ud83d').length, 2);
});

test("any match stays within YouTube's limits", () => {
  const matches = fc.constantFrom(...matchTypes).chain((matchType) => {
    const size = playersPerTeam(matchType);
    const team = fc.array(anyLongText, { minLength: size, maxLength: size });
    return fc.record({ matchType: fc.constant(matchType), teams: fc.tuple(team, team), tournament: anyLongText });
  });
  fc.assert(
    fc.property(matches, fc.array(anyLongText, { maxLength: 80 }), (match, hashtags) => {
      const { title, description, tags } = build({ match, club: { hashtags } });
      assert.deepEqual(validateTitle(title), []);
      assert.deepEqual(validateDescription(description), []);
      assert.ok(title.length <= 100 && title.isWellFormed() && title.endsWith(' (2024-12-15)'), title);
      assert.ok(Buffer.byteLength(description) <= 5000);
      assert.doesNotMatch(title + description + tags.join(''), /[<>]/);
      assert.equal(tags[0], source.videoId);
      assert.ok(tagsLength(tags) <= 500);
      for (const tag of tags) assert.ok(tag.isWellFormed() && !/[",]/.test(tag));
    }),
    { numRuns: 300 },
  );
});
