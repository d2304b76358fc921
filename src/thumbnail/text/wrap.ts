import { graphemes } from './graphemes.ts';
import { measure } from './measure.ts';
import type { Printable } from './printable.ts';

const breaks = /(?<=[\s-])(?=\S)/u;

/**
 * Breaks a text after spaces and hyphens into at most `lines` lines, as even in width as possible.
 * @returns fewer lines if there is nowhere to break
 */
export function wrapEvenly(words: Printable, lines: number): Printable[] {
  const pieces = words.text.split(breaks);
  if (lines < 2 || pieces.length < 2) return [words];
  const set = (text: string): Printable => ({ text: trimmed(text), faces: words.faces });
  let best: Printable[] = [words];
  let narrowest = Number.POSITIVE_INFINITY;
  for (let at = 1; at < pieces.length; at += 1) {
    const attempt = [set(pieces.slice(0, at).join('')), ...wrapEvenly(set(pieces.slice(at).join('')), lines - 1)];
    const width = Math.max(...attempt.map((line) => measure(line).width));
    if (width < narrowest) {
      narrowest = width;
      best = attempt;
    }
  }
  return best;
}

/**
 * Breaks a text into as many lines of at most `most` em as it needs: after spaces and hyphens where they suffice, else
 * between letters.
 */
export function breakAnywhere(words: Printable, most: number): Printable[] {
  const set = (text: string): Printable => ({ text: trimmed(text), faces: words.faces });
  const fits = (text: string) => measure(set(text)).width <= most;
  const lines: string[] = [];
  let line = '';
  for (const piece of words.text.split(breaks)) {
    if (line !== '' && !fits(line + piece) && fits(piece)) {
      lines.push(line);
      line = piece;
    } else if (fits(line + piece)) {
      line += piece;
    } else {
      for (const letter of graphemes(piece)) {
        if (line !== '' && !fits(line + letter)) {
          lines.push(line);
          line = '';
        }
        line += letter;
      }
    }
  }
  return [...lines, line].map(set).filter(({ text }) => text !== '');
}

/** At the end of a line, the break says what a space or a dot between two parts says within one. */
const trimmed = (text: string) => text.trim().replaceAll(/^· *| *·$/gu, '');
