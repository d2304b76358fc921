import { z } from 'zod';
import { withoutNulls } from './bounds.ts';
import { StageError } from './errors.ts';
import {
  defaultTournament,
  displayTeam,
  type Match,
  type MatchType,
  matchTypeLabel,
  matchTypes,
  maxPlayerLength,
  maxTournamentLength,
  playersPerTeam,
  type Team,
} from './match.ts';
import { dayProblem } from './match-date.ts';
import { privacies } from './privacy.ts';
import { validateDescription, validateTitle } from './publish-limits.ts';
import { hasLetterOrDigit, tidyLine, tidyParagraphs } from './text.ts';

const lineSchema = (what: string, maxLength: number) =>
  z
    .string(`${what} must be text`)
    .overwrite(tidyLine)
    .refine(hasLetterOrDigit, `${what} is empty`)
    .refine((text) => text.length <= maxLength, `${what} is longer than ${maxLength} characters`)
    .refine((text) => !/[<>]/.test(text), `${what} holds "<" or ">", which YouTube refuses`);

const playerSchema = lineSchema("a player's name", maxPlayerLength).refine(
  (name) => !name.includes('/'),
  'a player\'s name holds "/", which separates partners',
);

const teamSchema = z
  .array(playerSchema, 'a team must be a list of names')
  .min(1, 'a team needs a player')
  .max(2, 'a team has at most two players')
  .readonly();

const checkedText = (what: string, problems: (text: string) => string[]) =>
  z.string(`the ${what} must be text`).superRefine((text, context) => {
    for (const problem of problems(text)) context.addIssue({ code: 'custom', message: problem });
  });

/** What a person may correct before the match is published; anything left out stays as it is. */
export const correctionsSchema = z.strictObject(
  {
    matchType: z.enum(matchTypes, `the match type must be one of ${matchTypes.join(', ')}`).optional(),
    teams: z.tuple([teamSchema, teamSchema], 'the teams must be a list of two teams').readonly().optional(),
    tournament: lineSchema('the tournament', maxTournamentLength).optional(),
    title: checkedText('title', validateTitle).overwrite(tidyLine).optional(),
    description: checkedText('description', validateDescription).overwrite(tidyParagraphs).optional(),
    /** The day the match was played, YYYY-MM-DD. */
    date: checkedText('date', (text) => [dayProblem(text.trim()) ?? []].flat())
      .overwrite((text) => text.trim())
      .optional(),
    privacy: z.enum(privacies, `privacy must be one of ${privacies.join(', ')}`).optional(),
    publishAt: z
      .union(
        [z.literal('now'), z.iso.datetime({ offset: true })],
        'publishAt must be a moment such as 2026-12-01T18:00:00+07:00, or now',
      )
      .optional(),
  },
  {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `unknown: ${issue.keys.join(', ')}; known fields are matchType, teams, tournament, title, description, date, privacy, publishAt`
        : 'corrections must be an object',
  },
);
export type Corrections = z.infer<typeof correctionsSchema>;

/** The corrections that a video starts with: before its name is read, type and teams must fit each other. */
export const firstCorrectionsSchema = withoutNulls(
  correctionsSchema.superRefine((corrections, context) => {
    try {
      matchFromCorrections(corrections);
    } catch (error) {
      context.addIssue({ code: 'custom', message: (error as Error).message.replace(/\.$/, '') });
    }
  }),
);

/**
 * Corrections from outside (a command, a web page, a foreign Temporal client), checked and tidied.
 * @throws StageError METADATA_INVALID, its message naming every problem.
 */
export function parseCorrections(value: unknown): Corrections {
  const result = withoutNulls(correctionsSchema).safeParse(value);
  if (result.success) return result.data;
  const problems = [...new Set(result.error.issues.map(({ message }) => message))];
  throw invalid(
    `The correction was refused: ${problems.map((text) => text.replace(/\.$/, '')).join('; ')}.`,
    'Correct these, then send it again.',
  );
}

/** All corrections combined: the latest value counts. A publishing time and a visibility replace each other. */
export function mergeCorrections(before: Corrections, after: Corrections): Corrections {
  const { privacy: _privacy, publishAt: _publishAt, ...rest } = before;
  return after.privacy || after.publishAt ? { ...rest, ...after } : { ...before, ...after };
}

/**
 * The match as corrected.
 * @throws StageError METADATA_INVALID if type and teams no longer fit each other.
 */
export function applyCorrections(match: Match, corrections: Corrections): Match {
  const corrected: Match = {
    matchType: corrections.matchType ?? match.matchType,
    teams: corrections.teams ?? match.teams,
    tournament: corrections.tournament ?? match.tournament,
  };
  for (const team of corrected.teams) checkPlayers(team, corrected.matchType);
  return corrected;
}

/** The match described by corrections alone, for a recording whose name gives none: needs type and teams. */
export function matchFromCorrections(corrections: Corrections): Match | undefined {
  const { matchType, teams, tournament = defaultTournament } = corrections;
  return matchType && teams ? applyCorrections({ matchType, teams, tournament }, corrections) : undefined;
}

/**
 * Teams as a person writes them on the command line: `A/B vs C/D` in doubles, `A vs B` in singles.
 * @throws StageError METADATA_INVALID saying which team or name is wrong.
 */
export function parseTeams(text: string, matchType: MatchType): Match['teams'] {
  const line = tidyLine(text);
  const splits = [...line.matchAll(/(?<=^|\s)vs\.?(?=\s|$)/gi)].map(
    (vs) => [players(line.slice(0, vs.index)), players(line.slice(vs.index + vs[0].length))] as const,
  );
  // A player may be called "Vs": then one "vs" leaves whole teams and the other does not.
  const whole = splits.filter((teams) =>
    teams.every((team) => team.length === playersPerTeam(matchType) && team.every((player) => player !== '')),
  );
  const [first, ...others] = whole.length > 0 ? whole : splits;
  if (!first || others.length > 0) {
    throw invalid(`The teams ${JSON.stringify(text)} need one "vs" with spaces around it.`, howToGiveTeams(matchType));
  }
  return [checkTeam(first[0], matchType), checkTeam(first[1], matchType)];
}

function players(text: string): string[] {
  return text.trim() === '' ? [] : text.split('/').map(tidyLine);
}

function checkTeam(team: Team, matchType: MatchType): Team {
  checkPlayers(team, matchType);
  const result = teamSchema.safeParse(team);
  if (result.success) return result.data;
  const problem = result.error.issues[0]?.message ?? 'it cannot be read';
  throw invalid(`The team "${displayTeam(team)}" cannot be used: ${problem}.`, howToGiveTeams(matchType));
}

function checkPlayers(team: Team, matchType: MatchType): void {
  const count = team.length;
  const wanted = playersPerTeam(matchType);
  if (count === wanted) return;
  const has = count === 1 ? 'one player' : `${count === 0 ? 'no' : count} players`;
  throw invalid(
    `The team "${displayTeam(team)}" has ${has}; ${matchTypeLabel(matchType)} needs ${wanted === 1 ? 'one' : 'two'} a team.`,
    howToGiveTeams(matchType),
  );
}

function howToGiveTeams(matchType: MatchType): string {
  const example = playersPerTeam(matchType) === 2 ? 'Khanh/Leo vs Huy/Viet' : 'Leo vs Huy';
  return `Give both teams as "${example}", or correct the match type as well.`;
}

function invalid(message: string, action: string): StageError {
  return new StageError('METADATA_INVALID', message, { remedy: 'fix', action });
}
