import type { Colour } from '../themes/theme.ts';
import { measureRun } from './measure.ts';
import { type Printable, type Run, runsOf } from './printable.ts';

/** One positioned line of text, in design pixels. */
export interface TextLine {
  readonly words: Printable;
  /** Left end of the line and its baseline. */
  readonly x: number;
  readonly baseline: number;
  /** Em. */
  readonly size: number;
  readonly colour: Colour;
  /** 1 is the font's own width. */
  readonly narrowed: number;
}

/** SVG elements of all lines. The drawing engine shapes them; it needs the files of `fontFilesOf`. */
export function drawText(lines: readonly TextLine[]): string {
  return lines.map(drawLine).join('');
}

/** Paths of the font files that the lines are set in. */
export function fontFilesOf(lines: readonly TextLine[]): string[] {
  return [...new Set(lines.flatMap(({ words }) => runsOf(words).map(({ face }) => face.file)))];
}

function drawLine({ words, x, baseline, size, colour, narrowed }: TextLine): string {
  let pen = x;
  return runsOf(words)
    .map((run) => {
      const place = `translate(${pen} ${baseline}) scale(${narrowed} 1)`;
      const length = measureRun(run).advance * size;
      pen += length * narrowed;
      return `<text transform="${place}" font-size="${size}" fill="${colour}" textLength="${length}" lengthAdjust="spacingAndGlyphs" ${setting(run)}>${markup(run.text)}</text>`;
    })
    .join('');
}

/** No kerning, and no ligatures thanks to a trace of letter spacing: the line is exactly as long as measured. */
function setting({ face }: Run): string {
  return `font-family="${face.family}" font-weight="${face.weight}" font-kerning="none" letter-spacing="0.001" xml:space="preserve"`;
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

function markup(text: string): string {
  return text.replaceAll(/[&<>]/gu, (character) => entities[character] ?? '');
}
