const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const utf8 = new TextEncoder();

// Joiners stay because emoji and several scripts need them; any other invisible character only makes equal names
// differ.
const invisible = /(?![\u200C\u200D])\p{Cf}/gu;

/**
 * The one form in which texts are kept and compared: NFC (file names from macOS are NFD), no control or invisible
 * characters, no broken surrogates, single spaces.
 */
export function tidyLine(text: string): string {
  return tidyCharacters(text.replace(/\p{Cc}/gu, ' '))
    .replace(/\s+/g, ' ')
    .trim();
}

/** Like `tidyLine`, but keeps line breaks, written as `\n`. */
export function tidyParagraphs(text: string): string {
  const lines = text.replace(/\r\n?|[\u2028\u2029]/g, '\n').replace(/(?!\n)\p{Cc}/gu, ' ');
  return tidyCharacters(lines).trim();
}

function tidyCharacters(text: string): string {
  return text.toWellFormed().replace(invisible, '').normalize('NFC');
}

/** Whether the text contains anything that could be read aloud. */
export function hasLetterOrDigit(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}

/** Length in bytes of UTF-8. */
export function byteLength(text: string): number {
  return utf8.encode(text).length;
}

/**
 * The text within `maxLength` UTF-16 code units, with an ellipsis if something was cut.
 * A grapheme (a letter with its marks, an emoji of several code points) is kept whole or dropped whole.
 */
export function shorten(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  let kept = '';
  for (const { segment } of graphemes.segment(text)) {
    if (kept.length + segment.length > maxLength - 1) break;
    kept += segment;
  }
  return maxLength < 1 ? '' : `${kept.trimEnd()}…`;
}

/**
 * Capitalises the first letter of every word and leaves all others alone, so that `BWF`, `U19` and `McCup` stay as they
 * are. Only "vs" stays small: "Team A vs Team B".
 */
export function titleCase(text: string): string {
  return text
    .replace(/[\p{L}\p{N}][\p{L}\p{M}\p{N}'’]*/gu, (word) => {
      if (word === 'vs') return word;
      const first = String.fromCodePoint(word.codePointAt(0) ?? 0);
      const capital = first.toUpperCase();
      // Some letters have no single capital ("ß" would become "SS").
      return [...capital].length === 1 ? capital + word.slice(first.length) : word;
    })
    .normalize('NFC');
}
