import { parseRecordingName } from './file-name.ts';
import { defaultTournament, type Match } from './match-words.ts';
import { tidyLine, titleCase } from './text.ts';

/** Between partners; the last two are never part of a name that they are read from. */
const joints = ['z', '+', '-'];

/**
 * The name for a recording of this match, in the form that is read as this match and no other.
 * @returns undefined if there is none, such as for a player's name with a slash
 */
export function fileNameOf({ matchType, teams, tournament }: Match): string | undefined {
  const shown = titleCase(tidyLine(tournament)) || defaultTournament;
  const end = shown === defaultTournament ? '' : `_${tidyLine(tournament)}`;
  const tidy = teams.map((team) => team.map(tidyLine));
  return joints
    .map((joint) => `${matchType}_${tidy.map((team) => team.join(joint)).join('vs')}${end}.mov`)
    .find((name) => isReadAs(name, JSON.stringify({ matchType, teams: tidy, tournament: shown })));
}

function isReadAs(name: string, wanted: string): boolean {
  try {
    const { match, ambiguous } = parseRecordingName(name);
    const { matchType, teams, tournament } = match;
    return !ambiguous && JSON.stringify({ matchType, teams, tournament }) === wanted;
  } catch {
    return false;
  }
}
