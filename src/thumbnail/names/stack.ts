import { sign } from '../scale.ts';
import { versusLine } from '../templates/versus-sign.ts';
import { type Arrange, complete, placeLine } from './arrangement.ts';
import { type StackedLine, setTeam, stackTeam } from './set-team.ts';

/** All players below each other, the sign between the teams. */
export const stack: Arrange = (teams, room, trial, theme) => {
  const { distances } = trial;
  const lines: StackedLine[] = [];
  let bottom = 0;
  let signTop = 0;
  for (const [index, team] of teams.entries()) {
    const set = setTeam(team, room.widthAbove(room.bottom), trial);
    if (index > 0) {
      signTop = bottom + distances.sign * (lines.at(-1)?.line.cap ?? 0);
      bottom = signTop + sign.height + distances.sign * (set[0]?.cap ?? 0);
    }
    const stacked = stackTeam(set, bottom, distances);
    lines.push(...stacked.lines);
    bottom = stacked.bottom;
  }
  const spare = room.bottom - room.top - bottom;
  if (spare < 0) return undefined;
  const down = Math.floor(room.top + spare / 2);
  const placed = lines.map(({ line, baseline }) => {
    const free = room.widthAbove(baseline + down + line.drop);
    const at = { line, baseline: baseline + down };
    return placeLine(at, { left: room.left, free, align: room.align }, 'panel', room, theme);
  });
  const texts = complete(placed);
  if (!texts) return undefined;
  const right = room.left + room.widthAbove(signTop + down + sign.height);
  const versus = versusLine(room.left, signTop + down, right, theme);
  return { shapes: versus.shapes, texts: [...texts, ...versus.texts], top: down, bottom: bottom + down };
};
