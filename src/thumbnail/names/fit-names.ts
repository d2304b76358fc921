import { leastCapHeight } from '../scale.ts';
import type { NamesFile } from '../templates/format.ts';
import { plainFace } from '../text/fonts.ts';
import type { Printable } from '../text/printable.ts';
import type { Theme } from '../themes/theme.ts';
import type { Arrange, NamesDrawn, NamesRoom, Teams } from './arrangement.ts';
import { corners } from './corners.ts';
import { rows } from './rows.ts';
import { sides } from './sides.ts';
import { stack } from './stack.ts';
import { isComfortable, trials, trialsOnLines } from './trials.ts';

const arrangements: Record<NamesFile['arrangement'], { arrange: Arrange; tries: typeof trials }> = {
  stack: { arrange: stack, tries: trials },
  sides: { arrange: sides, tries: trialsOnLines },
  rows: { arrange: rows, tries: trialsOnLines },
  corners: { arrange: corners, tries: trialsOnLines },
};

export interface FittedNames extends NamesDrawn {
  readonly comfortable: boolean;
  /** How many better settings did not fit. */
  readonly worse: number;
}

/**
 * Sets the names as large as the room allows, and endless ones as small as they must be; undefined if the room is too
 * small for any names that can be read.
 */
export function fitNames(
  arrangement: NamesFile['arrangement'],
  teams: Teams,
  room: NamesRoom,
  theme: Theme,
): FittedNames | undefined {
  const { arrange, tries } = arrangements[arrangement];
  let worse = 0;
  for (const trial of tries(room.largest)) {
    if (trial.short < leastCapHeight && !hasRoom(arrangement, teams, room, theme)) return undefined;
    const drawn = arrange(teams, room, trial, theme);
    if (drawn) return { ...drawn, comfortable: isComfortable(trial), worse };
    worse += 1;
  }
  return undefined;
}

const shortest: Printable = { text: 'A', faces: [plainFace('name')] };

/** Whether as many names would have room if they were as short as can be. */
function hasRoom(arrangement: NamesFile['arrangement'], teams: Teams, room: NamesRoom, theme: Theme): boolean {
  const { arrange, tries } = arrangements[arrangement];
  const shortTeams = teams.map((team) => team.map(() => shortest));
  for (const trial of tries(room.largest)) {
    if (trial.short < leastCapHeight) return false;
    if (arrange(shortTeams, room, trial, theme)) return true;
  }
  return false;
}
