import type { Ground } from '../templates/format.ts';
import { coloursOn } from '../templates/grounds.ts';
import type { Drawn, PlacedText } from '../templates/template.ts';
import type { Printable } from '../text/printable.ts';
import type { Theme } from '../themes/theme.ts';
import type { StackedLine } from './set-team.ts';
import type { Trial } from './trials.ts';

/** The room for the names, in design pixels. Its right side may slant. */
export interface NamesRoom {
  readonly left: number;
  readonly top: number;
  readonly bottom: number;
  /** Free width for a line whose ink reaches down to `y`. */
  widthAbove(y: number): number;
  /** Height of the largest capitals. */
  readonly largest: number;
  readonly colour: 'text' | 'muted' | 'title';
  /** Where names are placed if they do not fill the room. */
  readonly align: 'left' | 'centre' | 'right';
  readonly from: 'top' | 'bottom';
}

export interface NamesDrawn extends Drawn {
  /** The ink and the plates lie between these. */
  readonly top: number;
  readonly bottom: number;
}

export type Teams = readonly (readonly Printable[])[];

/** Places the names as a trial specifies; undefined if they do not fit. */
export type Arrange = (teams: Teams, room: NamesRoom, trial: Trial, theme: Theme) => NamesDrawn | undefined;

export const shareBefore = { left: 0, centre: 0.5, right: 1 } as const;

/** A line in its place, narrowed to the free width; undefined if it would have to be narrowed too much. */
export function placeLine(
  { line, baseline }: StackedLine,
  box: { left: number; free: number; align: NamesRoom['align'] },
  ground: Ground,
  { colour }: NamesRoom,
  theme: Theme,
): PlacedText | undefined {
  const narrowed = Math.min(1, box.free / line.width);
  if (narrowed < line.narrowing) return undefined;
  return {
    words: line.words,
    x: box.left + (box.free - line.width * narrowed) * shareBefore[box.align],
    baseline,
    size: line.size,
    colour: coloursOn(ground, colour, theme).ink,
    narrowed,
    slot: 'name',
    ground,
  };
}

/** All of them, or undefined if one is missing. */
export function complete<T>(parts: readonly (T | undefined)[]): T[] | undefined {
  const there = parts.filter((part) => part !== undefined);
  return there.length === parts.length ? there : undefined;
}
