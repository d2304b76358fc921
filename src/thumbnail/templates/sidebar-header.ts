import { space, typeSize } from '../scale.ts';
import type { TextLine } from '../text/draw-text.ts';
import { capHeight, measure } from '../text/measure.ts';
import type { Printable } from '../text/printable.ts';
import { fillLines, shorten, wrapEvenly } from '../text/wrap.ts';
import type { Colour, Theme } from '../themes/theme.ts';
import { placeLogo } from './place-logo.ts';
import { freeAbove, textLeft } from './sidebar-panel.ts';
import type { Content } from './template.ts';

/** `bottom` is that of the lowest ink. */
export interface Header {
  readonly shapes: string;
  readonly texts: readonly TextLine[];
  readonly bottom: number;
}

/** `compact` leaves more room to names that need it: a smaller logo, the tournament on one small line. */
export type HeaderSize = 'generous' | 'compact';

const logoHeight: Record<HeaderSize, number> = { generous: 72, compact: 48 };
const logoWidth = 240;
/** From baseline to baseline of a title's lines, in em. */
const titlePitch = 1.08;

/** Logo or club name, then the tournament in one or two lines. */
export function sidebarHeader({ logo, club, tournament }: Content, theme: Theme, headerSize: HeaderSize): Header {
  const texts: TextLine[] = [];
  let shapes = '';
  let bottom: number = space.medium;
  if (logo) {
    ({ shapes, bottom } = placeLogo(
      logo,
      { x: textLeft, y: space.large, width: logoWidth, height: logoHeight[headerSize] },
      theme,
    ));
  } else if (club.text !== '') {
    const line = oneLine(club, typeSize.label, baselineBelow(space.margin, club, typeSize.label), theme.muted);
    texts.push(line);
    bottom = inkBottom(line);
  }
  const { lines, size } = fitTitle(tournament, bottom, headerSize);
  for (const [row, words] of lines.entries()) {
    const byInk = baselineBelow(bottom + (row === 0 ? space.medium : space.hair), words, size);
    const byPitch = row === 0 ? 0 : (texts.at(-1)?.baseline ?? 0) + size * titlePitch;
    const line = oneLine(words, size, Math.max(byInk, byPitch), theme.title);
    texts.push(line);
    bottom = inkBottom(line);
  }
  return { shapes, texts, bottom };
}

/** A label on one line, shortened where it must be. */
export function oneLine(words: Printable, size: number, baseline: number, colour: Colour): TextLine {
  const shortened = shorten(words, freeAbove(baseline + size) / size);
  return { words: shortened, x: textLeft, baseline, size, colour, narrowed: 1 };
}

function baselineBelow(top: number, words: Printable, size: number): number {
  return top + Math.max(measure(words).rise, capHeight(words)) * size;
}

/** With or without descenders, what follows stands equally far away. */
const usualDrop = 0.2;

function inkBottom({ words, size, baseline }: TextLine): number {
  return baseline + Math.max(usualDrop, measure(words).drop) * size;
}

/** The largest letters with which one line or two will do; else an ellipsis ends the second. */
function fitTitle(title: Printable, top: number, headerSize: HeaderSize): { lines: Printable[]; size: number } {
  if (title.text === '') return { lines: [], size: typeSize.title };
  const free = freeAbove(top + 3 * typeSize.title);
  if (headerSize === 'compact')
    return { lines: [shorten(title, free / typeSize.titleLeast)], size: typeSize.titleLeast };
  const fits = (lines: readonly Printable[], size: number) => lines.every((line) => measure(line).width * size <= free);
  for (const size of [typeSize.title, typeSize.titleSmall, typeSize.titleLeast]) {
    for (const lines of [[title], wrapEvenly(title, 2)]) if (fits(lines, size)) return { lines, size };
  }
  return { lines: fillLines(title, 2, free / typeSize.titleLeast), size: typeSize.titleLeast };
}
