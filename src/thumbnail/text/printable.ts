import { type Face, faceChains, type TextRole } from './fonts.ts';

/** A text of which every character has a glyph in its font. */
export interface Printable {
  readonly text: string;
  readonly face: Face;
}

const mark = /\p{M}/u;
const letterOrDigit = /[\p{L}\p{N}]/u;
/** More marks on one letter than any language stacks would climb out of the line. */
const mostLooseMarks = 1;

/**
 * Cleans a text and picks the font that can draw the most of it. A character that font lacks is replaced by its plain
 * form (`ﬁ` → `fi`, `Ａ` → `A`), else by its letter without marks, else a letter by `?` while a symbol is left out;
 * `warn` is told of each.
 * @returns text that is never empty, unless `raw` holds nothing to see
 */
export function printable(raw: string, role: TextRole, warn: (sentence: string) => void): Printable {
  const clean = tidy(raw);
  const characters = [...clean];
  const missingIn = (face: Face) => characters.filter((character) => !has(face, character)).length;
  const chain: readonly Face[] = faceChains[role];
  const face = chain.reduce((best, next) => (missingIn(next) < missingIn(best) ? next : best));

  const replaced = characters.map((character) => {
    if (has(face, character)) return character;
    const substitute = plainForm(face, character);
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    const outcome = substitute === '' ? 'it was left out' : `"${substitute}" was drawn instead`;
    warn(`No font has the character "${character}" (U+${code}) in "${clean}": ${outcome}.`);
    return substitute;
  });
  const text = tidy(replaced.join(''));
  return { text: text === '' && clean !== '' ? '?' : text, face };
}

/** Composed, on one line, without invisible characters and without piles of loose marks. */
function tidy(raw: string): string {
  const composed = raw
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Z}]+/gu, ' ')
    .replaceAll(/[\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Variation_Selector}]/gu, '');
  let run = mostLooseMarks;
  const kept = [...composed].filter((character) => {
    run = mark.test(character) ? run + 1 : 0;
    return run <= mostLooseMarks;
  });
  return kept.join('').trim();
}

function plainForm(face: Face, character: string): string {
  const compatible = character.normalize('NFKC');
  const unmarked = character.normalize('NFKD').replaceAll(/\p{M}/gu, '');
  for (const form of [compatible, unmarked]) {
    if (form !== '' && form !== character && [...form].every((part) => has(face, part))) return form;
  }
  return letterOrDigit.test(character) ? '?' : '';
}

function has(face: Face, character: string): boolean {
  return face.metrics.glyph(character.codePointAt(0) ?? 0) !== undefined;
}
