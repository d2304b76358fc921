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
