import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { everydayFaces } from '../../../src/thumbnail/text/fonts.ts';
import { joined, printable, runsOf } from '../../../src/thumbnail/text/printable.ts';

const collect = (raw: string) => {
  const warnings: string[] = [];
  const words = printable(raw, 'name', (sentence) => warnings.push(sentence));
  return { text: words.text, faces: runsOf(words).map(({ face }) => face.family), warnings };
};

test('names in Latin scripts are drawn as written, in the display font', () => {
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
    assert.deepEqual(collect(name), { text: name, faces: ['Anton'], warnings: [] });
  }
});

test('decomposed letters, as macOS names files, become whole ones', () => {
  assert.equal(collect('Nguyễn'.normalize('NFD')).text, 'Nguyễn');
  assert.equal(collect('が'.normalize('NFD')).text, 'が');
  assert.equal(collect('안세영'.normalize('NFD')).text, '안세영');
});

test('each script is drawn in a font that has it, ideographs in the one for their language', () => {
  const expected = {
    Дмитрий: 'Montserrat',
    กำพล: 'Noto Sans Thai',
    สมชาย: 'Noto Sans Thai',
    谌龙: 'Noto Sans S Chinese',
    石宇奇: 'Noto Sans S Chinese',
    戴資穎: 'Noto Sans S Chinese',
    桃田さくら: 'Noto Sans Japanese',
    奥原ノゾミ: 'Noto Sans Japanese',
    안세영: 'Noto Sans Korean',
  };
  for (const [name, face] of Object.entries(expected)) {
    assert.deepEqual(collect(name), { text: name, faces: [face], warnings: [] });
  }
});

test('in a text of several scripts each keeps its font', () => {
  assert.deepEqual(collect('Lee 李宗伟').faces, ['Anton', 'Noto Sans S Chinese']);
  assert.deepEqual(collect('Giải กรุงเทพ').faces, ['Anton', 'Noto Sans Thai']);
});

test('joined names are set in one everyday font that has all their letters, ideographs beside it', () => {
  const set = (name: string) => printable(name, 'name', () => {});
  const facesOf = (...names: [string, ...string[]]) => {
    const [first, ...others] = names.map(set) as [ReturnType<typeof set>, ...ReturnType<typeof set>[]];
    return [...new Set(runsOf(joined([first, ...others], ' / ')).map(({ face }) => face.family))];
  };
  assert.deepEqual(facesOf('桃', 'Lee'), ['Noto Sans S Chinese', 'Anton']);
  assert.deepEqual(facesOf('李', 'Щука'), ['Noto Sans S Chinese', 'Montserrat']);
  assert.deepEqual(facesOf('Lee', 'Щука'), ['Montserrat']);
  assert.deepEqual(facesOf('谌龙', '李宗伟'), ['Noto Sans S Chinese']);
});

test('Thai letters keep both their vowel and their tone', () => {
  assert.equal(collect('ที่รัก ผู้ใหญ่').text, 'ที่รัก ผู้ใหญ่');
});

test('characters no font has are named and replaced sensibly', () => {
  assert.equal(collect('ሰላም').text, '???');
  assert.equal(collect('ሰላም').warnings.length, 3);
  assert.equal(collect('Ａｌ').text, 'Al');
  assert.equal(collect('Kim 🏸').text, 'Kim');
  assert.equal(collect('🏸').text, '?');
});

test('invisible and control characters vanish silently', () => {
  assert.deepEqual(collect('Le\u200bo\n\u202eAn\ufe0f\u0000'), { text: 'Leo An', faces: ['Anton'], warnings: [] });
});

test('whatever comes in, every character that comes out has a glyph', () => {
  const scripts = fc.constantFrom(...'กำพลีู่้桃田さ谌龙안세Дмễợ̣́ 🏸ሰ');
  const anything = fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), fc.string({ unit: scripts, maxLength: 20 }));
  fc.assert(
    fc.property(anything, (raw) => {
      const words = printable(raw, 'name', () => {});
      for (const { text, face } of runsOf(words)) {
        for (const character of text) assert.ok(face.metrics.glyph(character.codePointAt(0) ?? 0), character);
      }
      const whole = runsOf(words).map(({ text }) => text);
      assert.equal(whole.join('').length, words.text.length + (words.text.match(/ำ/gu)?.length ?? 0));
      assert.equal(words.text, words.text.trim());
    }),
  );
});

test('the fonts are whole: every letter of Vietnamese and of Latin Extended-A is there', () => {
  const missing = (from: number, to: number) =>
    everydayFaces.flatMap((face) =>
      Array.from({ length: to - from + 1 }, (_, i) => from + i)
        .filter((code) => !face.metrics.glyph(code))
        .map((code) => [face.family, code]),
    );
  assert.deepEqual(missing(0x1ea0, 0x1ef9), []);
  assert.deepEqual(missing(0x100, 0x17f), []);
});
