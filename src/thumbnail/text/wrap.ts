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
  const set = (text: string): Printable => ({ text: text.trim(), faces: words.faces });
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

/** Shortens a text with an ellipsis until it is at most `most` em wide. */
export function shorten(words: Printable, most: number): Printable {
  if (measure(words).width <= most) return words;
  const ellipsis = words.faces.some((face) => face.metrics.glyph(0x2026)) ? '…' : '...';
  const letters = graphemes(words.text);
  while (letters.length > 1) {
    letters.pop();
    const shortened = { text: `${letters.join('').replace(/[\s\-–,.]+$/u, '')}${ellipsis}`, faces: words.faces };
    if (measure(shortened).width <= most) return shortened;
  }
  return { text: ellipsis, faces: words.faces };
}

/** Fills at most `lines` lines of `most` em one after another; what does not fit is replaced by an ellipsis. */
export function fillLines(words: Printable, lines: number, most: number): Printable[] {
  const set = (text: string): Printable => ({ text: text.trim(), faces: words.faces });
  const pieces = words.text.split(breaks);
  if (lines < 2 || pieces.length < 2) return [shorten(words, most)];
  let fitting = 1;
  while (fitting < pieces.length && measure(set(pieces.slice(0, fitting + 1).join(''))).width <= most) fitting += 1;
  const first = set(pieces.slice(0, fitting).join(''));
  const rest = pieces.slice(fitting).join('');
  if (rest === '' || measure(first).width > most) return [shorten(words, most)];
  return [first, ...fillLines(set(rest), lines - 1, most)];
}
