import { fitNames } from '../names/fit-names.ts';
import { designHeight, space } from '../scale.ts';
import type { Theme } from '../themes/theme.ts';
import { pixelsOf } from './block.ts';
import type { ColumnFile, NamesFile } from './format.ts';
import { boxOf } from './length.ts';
import { type Fixed, pile, together } from './pile.ts';
import type { Content, Drawn } from './template.ts';

/** Which parts of a template show depends on the mode; the content is the same. */
export type Mode = 'roomy' | 'crowded';
export const shows = (mode: Mode) => (each: { readonly when?: Mode | undefined }) => (each.when ?? mode) === mode;

export interface ColumnDrawn extends Drawn {
  /** Whether the names in it are as large as they should be; true without names. */
  readonly comfortable: boolean;
  /** How many better settings of the names did not fit. */
  readonly worse: number;
}

/**
 * Stacks a column's children. The names take the room the others leave: those are at the column's ends or, in a column
 * from the bottom, next to the names.
 * @param width of the picture, design pixels
 * @returns undefined if the names have no room
 */
export function drawColumn(
  column: ColumnFile,
  content: Content,
  theme: Theme,
  width: number,
  mode: Mode,
): ColumnDrawn | undefined {
  const area = boxOf(column.area, width);
  const end = area.y + area.height;
  const widthAbove = (y: number) => area.width + (column.lean * y) / designHeight;
  const children = column.children.filter(shows(mode));
  const at = children.findIndex((child) => child.kind === 'names');
  const names = children[at];

  const place = { left: area.x, align: column.align };
  const fromTop = { ...place, widthAt: (offset: number) => widthAbove(area.y + offset) };
  const fromBottom = { ...place, widthAt: () => widthAbove(end) };
  const isFixed = (child: ColumnFile['children'][number]): child is Fixed => child.kind !== 'names';
  if (names?.kind !== 'names') {
    const all = pile(children.filter(isFixed), column.from === 'top' ? fromTop : fromBottom, content, theme);
    return { ...all.drawAt(column.from === 'top' ? area.y : end - all.height), comfortable: true, worse: 0 };
  }
  const before = pile(children.slice(0, at).filter(isFixed), fromTop, content, theme);
  const after = pile(children.slice(at + 1).filter(isFixed), fromBottom, content, theme);
  const gapAfter = after.height > 0 ? pixelsOf(children[at + 1]?.above ?? 'none', space) : 0;
  const gapBefore = before.height > 0 ? pixelsOf(names.above, space) : 0;
  const fitted = fitNames(
    names.arrangement,
    content.teams,
    {
      left: area.x,
      top: area.y + before.height + gapBefore,
      bottom: end - after.height - gapAfter,
      widthAbove,
      largest: largestFor(names, content),
      colour: names.colour,
      align: column.align,
      from: column.from,
    },
    theme,
  );
  if (!fitted) return undefined;
  const beforeTop = column.from === 'top' ? area.y : fitted.top - gapBefore - before.height;
  const parts = together([before.drawAt(beforeTop), fitted, after.drawAt(end - after.height)]);
  return { ...parts, comfortable: fitted.comfortable, worse: fitted.worse };
}

function largestFor({ largest }: NamesFile, { teams }: Content): number {
  return teams.every((team) => team.length === 1) ? largest.singles : largest.doubles;
}
