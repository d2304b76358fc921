import { StageError } from './errors.ts';
import { camcorderEnding, renamedToBeRead, staysAsItIs } from './file-ending.ts';
import { defaultTournament, type Match, type MatchType, matchTypes, playersPerTeam } from './match.ts';
import { type Reading, readTeam, type Separator, versusSeparators } from './team-readings.ts';
import { shorten, tidyLine, titleCase } from './text.ts';

/** What a recording's name says. */
export interface ParsedName {
  /** The best reading; among equally good ones the one that splits earliest. */
  readonly match: Match;
  /** Whether `alternatives` is non-empty: if so, a person should check before the match is published. */
  readonly ambiguous: boolean;
  /** The readings that are as good as `match`, without it; at most eight. */
  readonly alternatives: readonly Match[];
}

// The longest file name on the usual file systems; it also bounds the number of readings.
const maxNameLength = 255;
const maxAlternatives = 8;

/**
 * Reads `{type}_{team}vs{team}[_{tournament}].mov|mp4`, e.g. `md_KhanhzLeovsHuyzViet_Friendly Game.mov`.
 *
 * - type: ms, md, ws, wd or xd, in any case
 * - team: one name in singles, never split; two in doubles, split by `z`, or by `+` or `-`, spaces around allowed
 * - tournament: everything after the next underscore, shown in Title Case; "Cafe Game" when missing
 *
 * Names can contain `z` and `vs` themselves: the reading with the most capitalised names wins. Marks that phones and
 * browsers add to a copy (`-1`, ` (1)`, ` copy`) are not part of the match. Only the last part of a path counts.
 *
 * @throws StageError BAD_NAME for every name outside the grammar, and nothing else.
 */
export function parseRecordingName(fileName: string): ParsedName {
  const name = tidyLine(fileName.slice(fileName.lastIndexOf('/') + 1));
  if (name.length > maxNameLength) throw badName(name, `is longer than ${maxNameLength} characters`);
  const extension = /\.(?:mov|mp4)$/i.exec(name);
  if (!extension) throw wrongEnding(name);
  const stem = name.slice(0, extension.index).trim();

  let refusal: unknown;
  for (const candidate of withoutCopyMarks(stem)) {
    try {
      return parseStem(candidate, name);
    } catch (error) {
      // Without its mark the name is closest to what the person typed, so the message should be about that.
      refusal ??= error;
    }
  }
  throw refusal;
}

/** The stem without any copy marks, then with more and more of them. */
function withoutCopyMarks(stem: string): string[] {
  const inTournament = /^[^_]*_[^_]*_/.test(stem);
  const marks = [
    /\s*\(\d{1,2}\)$/,
    /\s+(?:-\s+)?(?:copy|bản sao)(?:\s\d{1,2})?$/iu,
    /~\d{1,2}$/,
    // A number is not a tournament, but "_Round_2" is.
    /(?<=^[^_]*_[^_]*)_\d{1,2}$/,
    // "League 2024-25" and "Season 24-25" keep their endings.
    inTournament ? /(?<!\d)-\d{1,2}$|(?<!\d{4})-\d$/ : /-\d{1,2}$/,
  ];
  const mark = marks.find((pattern) => pattern.test(stem));
  return mark ? [...withoutCopyMarks(stem.replace(mark, '')), stem] : [stem];
}

function parseStem(stem: string, name: string): ParsedName {
  const { matchType, rest } = splitType(stem, name);
  const underscore = rest.indexOf('_');
  const teamsText = underscore < 0 ? rest : rest.slice(0, underscore);
  const tournamentText = underscore < 0 ? '' : tidyLine(rest.slice(underscore).replaceAll('_', ' '));
  const tournament = tournamentText === '' ? defaultTournament : titleCase(tournamentText);

  if (!/vs/i.test(teamsText) && /vs/i.test(rest)) {
    throw badName(name, 'has an underscore before the "vs" between the teams');
  }
  const readings = readTeams(teamsText, matchType, name);
  const lowest = Math.min(...readings.map(({ cost }) => cost));
  const best = new Map(
    readings.filter(({ cost }) => cost === lowest).map(({ value }) => [JSON.stringify(value), value] as const),
  );
  const [match, ...others] = [...best.values()].map((teams): Match => ({ matchType, teams, tournament }));
  if (!match) throw badName(name, 'cannot be read');
  return { match, ambiguous: others.length > 0, alternatives: others.slice(0, maxAlternatives) };
}

function splitType(stem: string, name: string): { matchType: MatchType; rest: string } {
  const underscore = stem.indexOf('_');
  if (underscore < 0) throw badName(name, 'does not start with a match type and an underscore');
  const typed = stem.slice(0, underscore).trim();
  const matchType = matchTypes.find((type) => type === typed.toLowerCase());
  if (!matchType) throw badName(name, `has the unknown match type ${quote(typed)}`);
  return { matchType, rest: stem.slice(underscore + 1) };
}

function readTeams(text: string, matchType: MatchType, name: string): Reading<Match['teams']>[] {
  const separators = versusSeparators(text);
  if (separators.length === 0) throw badName(name, 'has no "vs" between two teams');
  const size = playersPerTeam(matchType);
  const readings = separators.flatMap((separator) => {
    const first = readTeam(text.slice(0, separator.start), size);
    const second = readTeam(text.slice(separator.end), size);
    return pairs(cheapest(first), cheapest(second), separator.cost);
  });
  if (readings.length === 0) throw badName(name, whyUnreadable(text, separators, size));
  return readings;
}

function cheapest<T>(readings: readonly Reading<T>[]): Reading<T>[] {
  const lowest = Math.min(...readings.map(({ cost }) => cost));
  return readings.filter(({ cost }) => cost === lowest).slice(0, maxAlternatives + 1);
}

function pairs<T>(
  first: readonly Reading<T>[],
  second: readonly Reading<T>[],
  cost: number,
): Reading<readonly [T, T]>[] {
  return first.flatMap((a) =>
    second.map((b) => ({ value: [a.value, b.value] as const, cost: a.cost + b.cost + cost })),
  );
}

/** About the "vs" between two texts, if there is one: the others are more likely part of a name. */
function whyUnreadable(text: string, separators: readonly Separator[], size: 1 | 2): string {
  const sides = separators.map(({ start, end }) => [text.slice(0, start).trim(), text.slice(end).trim()]);
  const teams = sides.find((pair) => pair.every((team) => team !== '')) ?? sides[0] ?? [];
  const index = teams.findIndex((team) => readTeam(team, size).length === 0);
  const team = teams[index] ?? '';
  const which = index === 0 ? 'first' : 'second';
  if (team === '') return `has no ${which} team`;
  if (size === 1) return `has ${quote(team)} as a player's name`;
  const players = team.includes('+') ? team.split('+').filter((player) => player.trim() !== '').length : 1;
  return `names ${players === 1 ? 'one player' : `${players} players`} in the ${which} team (${quote(team)}), and doubles have two`;
}

function wrongEnding(name: string): StageError {
  const ending = camcorderEnding(name);
  if (!ending) return badName(name, 'does not end in .mov or .mp4');
  return new StageError('BAD_NAME', `The file name ${quote(name)} ends in ${ending}, not in .mov or .mp4.`, {
    remedy: 'fix',
    action: `Cancel its video if there is one, ${renamedToBeRead(ending)}, and start it: ${staysAsItIs}.`,
  });
}

function badName(name: string, problem: string): StageError {
  return new StageError('BAD_NAME', `The file name ${quote(name)} ${problem}.`, {
    remedy: 'fix',
    action:
      'Say what the match is: npx badminton correct ID --type md --teams "A/B vs C/D". ' +
      'Or cancel it, rename the recording to the form {type}_{team}vs{team}_{tournament}.mov, for example ' +
      '"md_KhanhzLeovsHuyzViet_Friendly Game.mov" or "ms_LeovsHuy.mov" (types: ms, md, ws, wd, xd), and start it again.',
  });
}

function quote(text: string): string {
  return `"${shorten(text, 80)}"`;
}
