import { everydayFaces, everydayFacesFor, type Face, fallbackFacesFor, type TextRole } from './fonts.ts';
import { graphemes } from './graphemes.ts';

/** A text whose every character has a glyph in one of its fonts. */
export interface Printable {
  readonly text: string;
  /** The main font first, then its substitutes, best first. */
  readonly faces: readonly [Face, ...Face[]];
}

/** A stretch of text in one font, as it is drawn. */
export interface Run {
  readonly text: string;
  readonly face: Face;
}

const mark = /\p{M}/u;
const letterOrDigit = /[\p{L}\p{N}]/u;
/** More marks on one letter than its language stacks would rise out of the line: Thai has a vowel and a tone. */
const mostLooseMarks = (before: string) => (/\p{Script=Thai}/u.test(before) ? 2 : 1);

/**
 * Cleans a text and picks the fonts that can draw it. A character in none of them is replaced by its plain form (`ﬁ` →
 * `fi`), else by its letter without marks; failing that, a letter becomes `?` and a symbol is left out. Each is
 * reported to `warn`.
 * @returns text that is never empty, unless `raw` has nothing visible
 */
export function printable(raw: string, role: TextRole, warn: (sentence: string) => void): Printable {
  const clean = tidy(raw);
  const faces = chooseFaces(clean, role);
  const drawn = graphemes(clean).map((grapheme) => {
    if (faceOf(faces, grapheme)) return grapheme;
    return [...grapheme].map((character) => drawable(character, clean, faces, warn)).join('');
  });
  // Characters from different fonts cannot be stacked.
  const text = tidy(
    graphemes(drawn.join(''))
      .map((grapheme) => apart(grapheme, clean, faces, warn))
      .join(''),
  );
  return { text: text === '' && clean !== '' ? '?' : text, faces };
}

const known = new WeakMap<Printable, readonly Run[]>();

/** The text split where its font changes. */
export function runsOf(words: Printable): readonly Run[] {
  const found = known.get(words) ?? cutIntoRuns(words);
  known.set(words, found);
  return found;
}

function cutIntoRuns({ text, faces }: Printable): Run[] {
  const runs: { text: string; face: Face }[] = [];
  for (const grapheme of graphemes(text)) {
    const face = faceOf(faces, grapheme) ?? faces[0];
    const run = runs.at(-1);
    if (run?.face === face) run.text += grapheme;
    else runs.push({ text: grapheme, face });
  }
  return runs.map(({ text: run, face }) => ({ text: splitSaraAm(run), face }));
}

/**
 * Sara am is drawn as nikhahit, placed under the tone marks before it, and sara aa (Unicode Standard, chapter 16.1,
 * "Thai Vowel Placement"). The drawing engine does this too, but then loses the width of the second part.
 */
function splitSaraAm(text: string): string {
  return text.replaceAll(/([\u0e48-\u0e4b]*)\u0e33/gu, '\u0e4d$1\u0e32');
}

/**
 * One text joined from several, in the fonts of all. If their main fonts differ the everyday ones come first:
 * ideographic fonts have Latin and Cyrillic letters too, but they look different.
 */
export function joined(parts: readonly [Printable, ...Printable[]], separator: string): Printable {
  const [{ faces: leading }] = parts;
  const faces = [...new Set(parts.flatMap((part) => part.faces))];
  const alike = parts.every((part) => part.faces[0] === leading[0]);
  const text = parts.map((part) => part.text).join(separator);
  const everyday = byCoverage(
    text,
    faces.filter((face) => everydayFaces.includes(face)),
  );
  const [main = leading[0], ...others] = alike ? leading : everyday;
  return { text, faces: [main, ...new Set([...others, ...faces])] };
}

/**
 * The everyday font that covers most of the text, so that a single rare letter does not stand out; a fallback font
 * leads only if no everyday font has a letter of the text.
 */
function chooseFaces(text: string, role: TextRole): readonly [Face, ...Face[]] {
  const letters = lettersOf(text);
  const everyday = byCoverage(text, everydayFacesFor(role));
  const missing = everyday.every((face) => lacking(face, letters) > 0);
  const fallback = missing ? byCoverage(text, fallbackFacesFor(role, text)) : [];
  const foreign = fallback.length > 0 && everyday.every((face) => lacking(face, letters) === letters.length);
  return (foreign ? [...fallback, ...everyday] : [...everyday, ...fallback]) as [Face, ...Face[]];
}

const lettersOf = (text: string) => [...text].filter((character) => letterOrDigit.test(character));
const lacking = (face: Face, letters: readonly string[]) => letters.filter((letter) => !has(face, letter)).length;

/** Puts the font that covers most of the text's letters first. */
function byCoverage(text: string, faces: readonly Face[]): Face[] {
  const letters = lettersOf(text);
  return [...faces].sort((a, b) => lacking(a, letters) - lacking(b, letters));
}

function drawable(
  character: string,
  clean: string,
  faces: Printable['faces'],
  warn: (sentence: string) => void,
): string {
  if (faceOf(faces, character)) return character;
  const substitute = plainForm(faces, character);
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  const outcome = substitute === '' ? 'it was left out' : `"${substitute}" was drawn instead`;
  warn(`No font has the character "${character}" (U+${code}) in "${clean}": ${outcome}.`);
  return substitute;
}

function apart(grapheme: string, clean: string, faces: Printable['faces'], warn: (sentence: string) => void): string {
  if (faceOf(faces, grapheme)) return grapheme;
  const [letter = ''] = grapheme;
  warn(`No font has "${grapheme}" in "${clean}": "${letter}" was drawn instead.`);
  return letter;
}

/** Composed, on one line, without invisible characters or stacks of loose marks. */
function tidy(raw: string): string {
  const composed = raw
    .normalize('NFC')
    .replaceAll(/[\uff01-\uff9f]/gu, (wide) => wide.normalize('NFKC'))
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Z}]+/gu, ' ')
    .replaceAll(/[\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Variation_Selector}]/gu, '');
  // With nothing before it, a mark has nothing to attach to.
  let run = 2;
  let before = '';
  const kept = [...composed].filter((character) => {
    run = mark.test(character) ? run + 1 : 0;
    if (run === 0) before = character;
    return run <= mostLooseMarks(before);
  });
  return kept.join('').trim();
}

function plainForm(faces: readonly Face[], character: string): string {
  const compatible = character.normalize('NFKC');
  const unmarked = character.normalize('NFKD').replaceAll(/\p{M}/gu, '');
  for (const form of [compatible, unmarked]) {
    if (form !== '' && form !== character && [...form].every((part) => faceOf(faces, part))) return form;
  }
  return letterOrDigit.test(character) ? '?' : '';
}

/** The first font that has every character of a grapheme: its marks must be placed by the font of its letter. */
function faceOf(faces: readonly Face[], grapheme: string): Face | undefined {
  return faces.find((face) => [...grapheme].every((character) => has(face, character)));
}

function has(face: Face, character: string): boolean {
  return face.metrics.glyph(character.codePointAt(0) ?? 0) !== undefined;
}
