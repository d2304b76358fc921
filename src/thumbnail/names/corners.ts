import { space } from '../scale.ts';
import { plateInset } from '../templates/grounds.ts';
import { together } from '../templates/pile.ts';
import { type Arrange, complete } from './arrangement.ts';
import { beforeStrip, setStrips } from './strips.ts';

/** Longest strip, as a share of the room: the other two corners stay free, and with them the logo. */
const longest = 0.66;

/** Each team on a slanted strip: the first at the upper left, the second with the sign at the lower right. */
export const corners: Arrange = (teams, room, trial, theme) => {
  const width = room.widthAbove(room.bottom);
  const strips = setStrips(
    teams,
    room,
    trial,
    theme,
    (height) => Math.min(longest * width, width - beforeStrip(height)) - 2 * plateInset(height),
  );
  const [top, bottom] = [Math.floor(room.top), Math.floor(room.bottom)];
  if (2 * strips.height + space.large > bottom - top) return undefined;
  const second = room.left + width - strips.lengthOf(1);
  const secondTop = bottom - strips.height;
  const drawn = complete([strips.drawAt(0, room.left, top, 'left'), strips.drawAt(1, second, secondTop, 'right')]);
  return drawn && { ...together([...drawn, strips.signBefore(second, secondTop)]), top, bottom };
};
