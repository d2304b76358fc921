import { z } from 'zod';
import { type Match, matchTypes, playersPerTeam } from './match-words.ts';
import { hasLetterOrDigit, tidyLine } from './text.ts';

export * from './match-words.ts';

const playerSchema = z.string().overwrite(tidyLine).refine(hasLetterOrDigit, 'a player needs a name');
const teamSchema = z.array(playerSchema).min(1, 'a team needs a player').max(2, 'a team has at most two players');

/** A match as stored in records: as many players per team as its type requires, all with names. */
export const matchSchema = z
  .strictObject({
    matchType: z.enum(matchTypes),
    teams: z.tuple([teamSchema.readonly(), teamSchema.readonly()]).readonly(),
    tournament: z.string().overwrite(tidyLine).min(1, 'the tournament is empty'),
  })
  .refine(hasRightPlayers, { path: ['teams'], error: 'singles have one player a team, doubles two' });

/** Whether each team has as many players as the match type requires. */
export function hasRightPlayers(match: Pick<Match, 'matchType' | 'teams'>): boolean {
  return match.teams.every((team) => team.length === playersPerTeam(match.matchType));
}
