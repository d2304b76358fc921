/** Men's or women's singles or doubles, or mixed doubles: the first two letters of a recording's name. */
export const matchTypes = ['ms', 'md', 'ws', 'wd', 'xd'] as const;
export type MatchType = (typeof matchTypes)[number];

/** One player (singles) or two (doubles). */
export type Team = readonly string[];

export interface Match {
  readonly matchType: MatchType;
  readonly teams: readonly [Team, Team];
  readonly tournament: string;
}

/** Longest name of a player or a tournament that a person may give, in UTF-16 code units. */
export const maxPlayerLength = 40;
export const maxTournamentLength = 60;

/** The tournament of a match unless stated otherwise. */
export const defaultTournament = 'Cafe Game';

const labels: Record<MatchType, string> = {
  ms: "Men's Singles",
  md: "Men's Doubles",
  ws: "Women's Singles",
  wd: "Women's Doubles",
  xd: 'Mixed Doubles',
};

/** The match type for people, e.g. `Men's Doubles`. */
export function matchTypeLabel(type: MatchType): string {
  return labels[type];
}

/** The match type as a hashtag without its `#`, e.g. `mensdoubles`. */
export function matchTypeHashtag(type: MatchType): string {
  return labels[type].toLowerCase().replace(/[^a-z]/g, '');
}

/** How many players a team of this match type has. */
export function playersPerTeam(type: MatchType): 1 | 2 {
  return type.endsWith('d') ? 2 : 1;
}

/** A team for people, e.g. `Khanh/Leo`. */
export function displayTeam(team: Team): string {
  return team.join('/');
}

/** Both teams for people, e.g. `Khanh/Leo vs Huy/Viet`. */
export function displayTeams(teams: Match['teams']): string {
  return teams.map(displayTeam).join(' vs ');
}
