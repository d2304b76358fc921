import { slant, space } from '../scale.ts';
import type { Ground } from '../templates/format.ts';
import { coloursOn, plate, plateInset } from '../templates/grounds.ts';
import type { Drawn } from '../templates/template.ts';
import { signWidth, versusSign } from '../templates/versus-sign.ts';
import type { Theme } from '../themes/theme.ts';
import { complete, type NamesRoom, placeLine, type Teams } from './arrangement.ts';
import { type StackedLine, setTeam, stackTeam } from './set-team.ts';
import type { Trial } from './trials.ts';

const grounds: readonly Ground[] = ['panel', 'accent'];
/** Room above and below a strip's capitals, as a share of their height, and the least room above and below any ink. */
const padding = { letters: 0.26, ink: 0.08 };
/** The sign's height for a given strip height; beside two lines of names it is not larger than beside one. */
const signHeight = (strip: number) => Math.min(0.62 * strip, 76);

/** Both teams set for slanted strips of equal height; a strip is as long as its names. */
export interface Strips {
  readonly height: number;
  /** Length of a team's strip, including its slanted ends. */
  lengthOf(team: number): number;
  /** @returns undefined if the names would have to be narrowed too much */
  drawAt(team: number, left: number, top: number, align: 'left' | 'right'): Drawn | undefined;
  /** The sign at the lower left end of a strip, close to it: both slant alike. */
  signBefore(left: number, top: number): Drawn;
}

/** @param freeIn the width available to the names on a strip of that height, less `plateInset` and sign */
export function setStrips(
  teams: Teams,
  room: NamesRoom,
  trial: Trial,
  theme: Theme,
  freeIn: (height: number) => number,
): Strips {
  // The slant and what precedes the names depend on the strips' height, which is known only once the names are set.
  const usualHeight = trial.short * (trial.joined ? 1.7 : 3.2);
  const stacked = teams.map((team) => stackTeam(setTeam(team, freeIn(usualHeight), trial), 0, trial.distances).lines);
  const above = Math.max(...stacked.map(neededAbove));
  const height = Math.ceil(above + Math.max(...stacked.map(neededBelow)));
  const [free, inset] = [freeIn(height), plateInset(height)];
  const reach = (team: number) => Math.max(...(stacked[team] ?? []).map(({ line }) => Math.min(line.width, free)));
  return {
    height,
    lengthOf: (team) => reach(team) + 2 * inset,
    drawAt(team, left, top, align) {
      const ground = grounds[team] ?? 'panel';
      const box = { left: left + inset, free: reach(team), align };
      const lines = stacked[team] ?? [];
      const down = Math.round(top + above) - (lines[0]?.baseline ?? 0);
      const texts = complete(
        lines.map(({ line, baseline }) => placeLine({ line, baseline: baseline + down }, box, ground, room, theme)),
      );
      const { fill } = coloursOn(ground, room.colour, theme);
      return texts && { shapes: plate(left, top, reach(team) + 2 * inset, height, fill), texts };
    },
    signBefore(left, top) {
      const high = signHeight(height);
      return versusSign(left - beforeStrip(height), top + height - high, high, theme, 'inverse');
    },
  };
}

/** The width the sign takes in front of a strip of that height. */
export function beforeStrip(height: number): number {
  const high = signHeight(height);
  return signWidth(high) + space.hair - high * slant;
}

/** Room above the first baseline. */
function neededAbove([first]: readonly StackedLine[]): number {
  if (!first) return 0;
  const { cap, rise } = first.line;
  return Math.max(cap * (1 + padding.letters), rise + cap * padding.ink);
}

/** Room below the first baseline. */
function neededBelow(lines: readonly StackedLine[]): number {
  const [first, last] = [lines[0], lines.at(-1)];
  if (!first || !last) return 0;
  const { cap, drop } = last.line;
  return last.baseline - first.baseline + Math.max(cap * padding.letters, drop + cap * padding.ink);
}
