import { slant, space } from '../scale.ts';
import { plateInset } from '../templates/grounds.ts';
import { together } from '../templates/pile.ts';
import { type Arrange, complete } from './arrangement.ts';
import { beforeStrip, setStrips } from './strips.ts';

/** Each team on a slanted strip, the second below the first, with the sign where the second begins. */
export const rows: Arrange = (teams, room, trial, theme) => {
  const width = room.widthAbove(room.bottom);
  const leanOf = (height: number) => (height + space.hair) * slant;
  const strips = setStrips(
    teams,
    room,
    trial,
    theme,
    (height) => width - 2 * plateInset(height) - Math.max(leanOf(height), beforeStrip(height)),
  );
  const { height } = strips;
  const total = 2 * height + space.hair;
  if (total > room.bottom - room.top) return undefined;
  const top = Math.floor(room.from === 'bottom' ? room.bottom - total : room.top);
  const [second, secondTop] = [room.left + beforeStrip(height), top + height + space.hair];
  const drawn = complete([
    strips.drawAt(0, room.left + leanOf(height), top, 'left'),
    strips.drawAt(1, second, secondTop, 'left'),
  ]);
  return drawn && { ...together([...drawn, strips.signBefore(second, secondTop)]), top, bottom: top + total };
};
