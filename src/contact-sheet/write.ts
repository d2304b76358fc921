import type { TextLine } from '../thumbnail/text/draw-text.ts';
import type { TextRole } from '../thumbnail/text/fonts.ts';
import { measure } from '../thumbnail/text/measure.ts';
import { printable } from '../thumbnail/text/printable.ts';
import type { Colour } from '../thumbnail/themes/theme.ts';

export interface Pen {
  readonly size: number;
  readonly colour: Colour;
  readonly role?: TextRole;
  readonly align?: 'left' | 'centre' | 'right';
}

/** One line of text at a position; none if there is nothing to write. */
export function write(text: string, x: number, baseline: number, pen: Pen): TextLine[] {
  const { size, colour, role = 'label', align = 'left' } = pen;
  const words = printable(text, role, () => {});
  if (words.text === '') return [];
  const width = widthOf(text, pen);
  const left = align === 'left' ? x : align === 'centre' ? x - width / 2 : x - width;
  return [{ words, x: left, baseline, size, colour, narrowed: 1 }];
}

export function widthOf(text: string, { size, role = 'label' }: Pen): number {
  return measure(printable(text, role, () => {})).width * size;
}

/** The text in lines of at most that width; if it does not fit, the last one ends with dots. */
export function wrap(text: string, width: number, most: number, pen: Pen): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word;
    if (lines.length > 0 && widthOf(longer, pen) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  const shown = lines.slice(0, most);
  const last = shown.at(-1) ?? '';
  if (lines.length > most || widthOf(last, pen) > width) shown[shown.length - 1] = cut(last, width, pen);
  return shown;
}

function cut(text: string, width: number, pen: Pen): string {
  let characters = [...text];
  while (characters.length > 0 && widthOf(`${characters.join('')}…`, pen) > width) {
    characters = characters.slice(0, -1);
  }
  return `${characters.join('').trimEnd()}…`;
}
