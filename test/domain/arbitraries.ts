import fc from 'fast-check';

/** Half a character, as left by a careless cut. */
const brokenSurrogate = fc.constantFrom('\ud83d', '\udc4d');
const nuisance = fc.constantFrom(
  '<',
  '>',
  '"',
  ',',
  '#',
  '\n',
  '\t',
  '\u0000',
  '\u200b',
  '\u202e',
  '\u0301',
  '👨‍👩‍👧',
  'ế',
  ' ',
);

/** Every kind of text, from plain letters to broken surrogates, control characters and long emoji. */
export const anyText = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.oneof(nuisance, brokenSurrogate, fc.constantFrom('a', 'Z', '1')), maxLength: 40 }),
);

/** Like `anyText`, up to thousands of characters. */
export const anyLongText = fc.tuple(anyText, fc.constantFrom(1, 1, 5, 100)).map(([text, times]) => text.repeat(times));
