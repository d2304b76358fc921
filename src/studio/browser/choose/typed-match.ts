import type { Corrections } from '../../../domain/corrections.ts';
import { type Match, type MatchType, playersPerTeam } from '../../../domain/match-words.ts';

/** The match as it would be with these corrections; undefined while too little is known. */
export function matchUnder(wishes: Corrections, named: Match | undefined): Match | undefined {
  const { matchType = named?.matchType, teams = named?.teams, tournament = named?.tournament } = wishes;
  return matchType && teams ? { matchType, teams, tournament: tournament ?? '' } : undefined;
}

/** Both teams with as many places as the type has players. */
export function teamsOf(wishes: Corrections, match: Match | undefined, type: MatchType): [string[], string[]] {
  const given = wishes.teams ?? match?.teams ?? [[], []];
  const places = (team: readonly string[]) => Array.from({ length: playersPerTeam(type) }, (_, at) => team[at] ?? '');
  return [places(given[0]), places(given[1])];
}
