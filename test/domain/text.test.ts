import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { byteLength, shorten, tidyLine, tidyParagraphs, titleCase } from '../../src/domain/text.ts';
import { anyLongText, anyText } from './arbitraries.ts';

test('tidying leaves one form for texts that look the same', () => {
  assert.equal(tidyLine('  Le\u0301o\u200b \t\n Huy '), 'Léo Huy');
  assert.equal(tidyLine('a\ud83d'), 'a\ufffd');
  assert.equal(tidyLine('👨‍👩‍👧'), '👨‍👩‍👧');
  assert.equal(tidyParagraphs(' a\r\nb\rc\u2028d\u0000 '), 'a\nb\nc\nd');
});

test('tidying twice is the same as tidying once', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      assert.equal(tidyLine(tidyLine(text)), tidyLine(text));
      assert.equal(tidyParagraphs(tidyParagraphs(text)), tidyParagraphs(text));
      assert.equal(tidyLine(text.normalize('NFD')), tidyLine(text.normalize('NFC')));
    }),
  );
});

test('shortening keeps graphemes whole', () => {
  assert.equal(shorten('Khanh', 5), 'Khanh');
  assert.equal(shorten('Khanh', 4), 'Kha…');
  assert.equal(shorten('An Bo Ci', 4), 'An…');
  assert.equal(shorten('👨‍👩‍👧👨‍👩‍👧', 10), '👨‍👩‍👧…');
  assert.equal(shorten('👨‍👩‍👧👨‍👩‍👧', 8), '…');
  assert.equal(shorten('abc', 0), '');
});

test('a shortened text is never too long and never ends in half a character', () => {
  fc.assert(
    fc.property(anyLongText, fc.nat(120), (text, maxLength) => {
      const short = shorten(text.toWellFormed(), maxLength);
      assert.ok(short.length <= maxLength);
      assert.ok(short.isWellFormed());
    }),
  );
});

test('Title Case changes only first letters, and changes them once', () => {
  assert.equal(titleCase('đại hội BWF iPhone o’neill'), 'Đại Hội BWF IPhone O’neill');
  fc.assert(fc.property(anyText, (text) => assert.equal(titleCase(titleCase(text)), titleCase(text))));
});

test('bytes are counted in UTF-8', () => {
  fc.assert(fc.property(anyText, (text) => assert.equal(byteLength(text), Buffer.byteLength(text))));
});
