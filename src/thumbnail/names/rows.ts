import { slant, space } from '../scale.ts';
import type { Ground } from '../templates/format.ts';
import { coloursOn, plate, plateInset } from '../templates/grounds.ts';
import { signWidth, versusSign } from '../templates/versus-sign.ts';
import { type Arrange, complete, placeLine } from './arrangement.ts';
import { type StackedLine, setTeam, stackTeam } from './set-team.ts';

const grounds: readonly Ground[] = ['panel', 'accent'];
/** Room above and below the capitals of a strip, in shares of their height, and the least above and below any ink. */
const padding = { letters: 0.26, ink: 0.08 };
/** The sign's height in shares of the strip's. */
const signShare = 0.62;

/** Each team on a leaning strip as long as its names, the sign where the second begins. */
export const rows: Arrange = (teams, room, attempt, theme) => {
  const width = room.widthAbove(room.bottom);
  // What leans and stands before the names depends on the strips' height, which is known when the names are set.
  const freeIn = (height: number) =>
    width - 2 * plateInset(height) - Math.max((height + space.hair) * slant, beforeSecond(height));
  const usualHeight = attempt.short * (attempt.joined ? 1.7 : 3.2);
  const stacked = teams.map(
    (team) => stackTeam(setTeam(team, freeIn(usualHeight), attempt), 0, attempt.distances).lines,
  );
  const above = Math.max(...stacked.map(neededAbove));
  const height = Math.ceil(above + Math.max(...stacked.map(neededBelow)));
  const total = height * teams.length + space.hair * (teams.length - 1);
  if (total > room.bottom - room.top) return undefined;

  const top = Math.floor(room.from === 'bottom' ? room.bottom - total : room.top);
  const [free, inset] = [freeIn(height), plateInset(height)];
  const strips = stacked.map((lines, row) => {
    const left = room.left + (row === 0 ? (height + space.hair) * slant : beforeSecond(height));
    const stripTop = top + row * (height + space.hair);
    const ground = grounds[row] ?? 'panel';
    const box = { left: left + inset, free, align: 'left' } as const;
    const down = Math.round(stripTop + above) - (lines[0]?.baseline ?? 0);
    const texts = lines.map(({ line, baseline }) =>
      placeLine({ line, baseline: baseline + down }, box, ground, room, theme),
    );
    const reach = Math.max(...lines.map(({ line }) => Math.min(line.width, free)));
    const { fill } = coloursOn(ground, room.colour, theme);
    return { texts, shape: plate(left, stripTop, reach + 2 * inset, height, fill) };
  });
  const texts = complete(strips.flatMap((strip) => strip.texts));
  if (!texts) return undefined;
  const signHeight = height * signShare;
  const versus = versusSign(room.left, top + total - signHeight, signHeight, theme, 'inverse');
  const shapes = strips.map(({ shape }) => shape).join('') + versus.shapes;
  return { shapes, texts: [...texts, ...versus.texts], top, bottom: top + total };
};

/** What the sign takes before the second strip, which it stands close to: both lean alike. */
function beforeSecond(height: number): number {
  return signWidth(height * signShare) + space.hair - height * signShare * slant;
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
