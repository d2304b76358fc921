import { sign, space } from '../scale.ts';
import { plainFace } from '../text/fonts.ts';
import { measure } from '../text/measure.ts';
import type { Printable } from '../text/printable.ts';
import type { Theme } from '../themes/theme.ts';
import type { Ground } from './format.ts';
import { coloursOn, plate, plateInset } from './grounds.ts';
import type { Drawn } from './template.ts';

const face = plainFace('name');
const words: Printable = { text: 'vs', faces: [face] };
const letterHeight = (face.metrics.glyph(0x76)?.top ?? 0) / face.metrics.unitsPerEm;
const typeShare = sign.type / sign.height;

export function signWidth(height: number): number {
  return measure(words).width * height * typeShare + 2 * plateInset(height);
}

/** A slanted chip with `vs`. */
export function versusSign(x: number, top: number, height: number, theme: Theme, ground: Ground): Drawn {
  const { fill, ink } = coloursOn(ground, 'text', theme);
  const size = height * typeShare;
  return {
    shapes: plate(x, top, signWidth(height), height, fill),
    texts: [
      {
        words,
        x: x + plateInset(height),
        baseline: top + (height + letterHeight * size) / 2,
        size,
        colour: ink,
        narrowed: 1,
        slot: 'sign',
        ground,
      },
    ],
  };
}

/** The chip, followed by a line up to `right`. */
export function versusLine(x: number, top: number, right: number, theme: Theme): Drawn {
  const chip = versusSign(x, top, sign.height, theme, 'accent');
  const middle = top + sign.height / 2;
  const start = x + signWidth(sign.height) + space.tight;
  const line = `<polygon points="${start + 1},${middle - 2} ${right},${middle - 2} ${right - 1},${middle + 2} ${start},${middle + 2}" fill="${theme.accent}" fill-opacity="0.45"/>`;
  return { shapes: chip.shapes + line, texts: chip.texts };
}
