import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { faces } from '../../../src/thumbnail/text/fonts.ts';
import { printable } from '../../../src/thumbnail/text/printable.ts';

const collect = (raw: string) => {
  const warnings: string[] = [];
  const { text, face } = printable(raw, 'name', (sentence) => warnings.push(sentence));
  return { text, face: face.name, warnings };
};

test('names of Latin scripts are drawn as they are written, in the display font', () => {
  for (const name of [
    'Nguyễn Thị Phượng',
    'Đỗ Ánh',
    'Łukasz',
    'Çağla',
    "O'Brien",
    'Jean-Luc',
    'Þórður',
    'Ștefan',
    'Željko',
  ]) {
    assert.deepEqual(collect(name), { text: name, face: 'Anton', warnings: [] });
  }
});

test('decomposed letters, as macOS names files, become whole ones', () => {
  assert.equal(collect('Nguyễn'.normalize('NFD')).text, 'Nguyễn');
});

test('another alphabet takes the first font that has it', () => {
  assert.deepEqual(collect('Дмитрий'), { text: 'Дмитрий', face: 'Montserrat ExtraBold', warnings: [] });
});

test('what no font has is named and replaced sensibly', () => {
  assert.equal(collect('漢字').text, '??');
  assert.equal(collect('漢字').warnings.length, 2);
  assert.equal(collect('Ａｌ').text, 'Al');
  assert.equal(collect('Kim 🏸').text, 'Kim');
  assert.equal(collect('🏸').text, '?');
});

test('invisible and controlling characters vanish without a word', () => {
  assert.deepEqual(collect('Le\u200bo\n\u202eAn\ufe0f\u0000'), { text: 'Leo An', face: 'Anton', warnings: [] });
});

test('whatever comes in, every character that goes out has a glyph', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (raw) => {
      const { text, face } = printable(raw, 'name', () => {});
      for (const character of text) assert.ok(face.metrics.glyph(character.codePointAt(0) ?? 0), character);
      assert.equal(text, text.trim());
    }),
  );
});

test('the fonts are whole: every letter of Vietnamese and of Latin Extended-A is there', () => {
  const missing = (from: number, to: number) =>
    faces.flatMap((face) =>
      Array.from({ length: to - from + 1 }, (_, i) => from + i)
        .filter((code) => !face.metrics.glyph(code))
        .map((code) => [face.name, code]),
    );
  assert.deepEqual(missing(0x1ea0, 0x1ef9), []);
  assert.deepEqual(missing(0x100, 0x17f), []);
});
