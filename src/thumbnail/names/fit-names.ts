import type { NamesFile } from '../templates/format.ts';
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

/** Sets the names as large as the room allows; undefined if it is too small for any names. */
export function fitNames(
  arrangement: NamesFile['arrangement'],
  teams: Teams,
  room: NamesRoom,
  theme: Theme,
): FittedNames | undefined {
  const { arrange, tries } = arrangements[arrangement];
  let worse = 0;
  for (const trial of tries(room.largest)) {
    const drawn = arrange(teams, room, trial, theme);
    if (drawn) return { ...drawn, comfortable: isComfortable(trial), worse };
    worse += 1;
  }
  return undefined;
}
