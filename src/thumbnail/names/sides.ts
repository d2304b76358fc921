import { space } from '../scale.ts';
import { signWidth, versusSign } from '../templates/versus-sign.ts';
import { type Arrange, complete, placeLine } from './arrangement.ts';
import { type SetLine, type StackedLine, setTeam, stackTeam } from './set-team.ts';

const signHeight = 52;

/** The teams side by side with the sign between them: in the middle, unless one team needs more than half. */
export const sides: Arrange = (teams, room, trial, theme) => {
  const width = room.widthAbove(room.bottom);
  const free = width - signWidth(signHeight) - 2 * space.large;
  const set = teams.map((team) => setTeam(team, free / 2, trial));
  const [first = free / 2, second = free / 2] = share(free, set.map(widest));
  const boxes = [
    { left: room.left, free: first, align: 'centre' },
    { left: room.left + width - second, free: second, align: 'centre' },
  ] as const;
  const placed = set.flatMap((team, index) => {
    const lines = inTheMiddle(stackTeam(team, 0, trial.distances).lines, room);
    if (!lines) return [undefined];
    return lines.map((line) => placeLine(line, boxes[index === 0 ? 0 : 1], 'panel', room, theme));
  });
  const texts = complete(placed);
  if (!texts) return undefined;
  const middle = (room.top + room.bottom) / 2;
  const at = room.left + first + space.large;
  const versus = versusSign(at, middle - signHeight / 2, signHeight, theme, 'accent');
  return { shapes: versus.shapes, texts: [...texts, ...versus.texts], top: room.top, bottom: room.bottom };
};

const widest = (lines: readonly SetLine[]) => Math.max(0, ...lines.map((line) => line.width));

/** Halves where both fit; else each gets its share, so that both are narrowed alike. */
function share(free: number, widths: readonly number[]): number[] {
  const total = widths.reduce((sum, width) => sum + width, 0);
  if (Math.max(...widths) <= free / 2) return widths.map(() => free / 2);
  return widths.map((width) => (free * width) / total);
}

/**
 * Capitals are centred, as that is what the eye sees, as long as the diacritics above and the descenders below have
 * room.
 */
function inTheMiddle(lines: readonly StackedLine[], room: { top: number; bottom: number }): StackedLine[] | undefined {
  const [first, last] = [lines[0], lines.at(-1)];
  if (!first || !last) return undefined;
  const wanted = (room.top + room.bottom) / 2 - (first.baseline - first.line.cap + last.baseline) / 2;
  const least = room.top + space.tight - (first.baseline - first.line.rise);
  const most = room.bottom - space.hair - (last.baseline + last.line.drop);
  if (least > most) return undefined;
  const down = Math.round(Math.max(least, Math.min(most, wanted)));
  return lines.map(({ line, baseline }) => ({ line, baseline: baseline + down }));
}
