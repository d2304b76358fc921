import { space, typeSize } from '../scale.ts';
import type { TextLine } from '../text/draw-text.ts';
import { faceChains } from '../text/fonts.ts';
import { capHeight, measure } from '../text/measure.ts';
import type { Theme } from '../themes/theme.ts';

export const chipHeight = 42;
const lean = 9;
const words = { text: 'vs', face: faceChains.name[0] };

/** A leaning chip with `vs`, followed by a line up to `right`. */
export function versusSign(left: number, top: number, right: number, theme: Theme): { shapes: string; text: TextLine } {
  const size = typeSize.chip;
  const textWidth = measure(words).width * size;
  const chipWidth = textWidth + 2 * space.medium + lean;
  const bottom = top + chipHeight;
  const chip = [
    [left + lean, top],
    [left + chipWidth, top],
    [left + chipWidth - lean, bottom],
    [left, bottom],
  ];
  const middle = top + chipHeight / 2;
  const start = left + chipWidth + space.small;
  const shapes = [
    `<polygon points="${chip.join(' ')}" fill="${theme.accent}"/>`,
    `<polygon points="${start + 2},${middle - 2} ${right},${middle - 2} ${right - 2},${middle + 2} ${start},${middle + 2}" fill="${theme.accent}" fill-opacity="0.45"/>`,
  ];
  const letterHeight = (words.face.metrics.glyph(0x76)?.top ?? 0) / words.face.metrics.unitsPerEm;
  return {
    shapes: shapes.join(''),
    text: {
      words,
      x: left + (chipWidth - textWidth) / 2,
      baseline: middle + (Math.min(letterHeight, capHeight(words)) * size) / 2,
      size,
      colour: theme.onAccent,
      narrowed: 1,
    },
  };
}
