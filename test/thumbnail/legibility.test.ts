import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { type Background, capitalsOf, leastContrastOf, paintBackgrounds, rendered, type Teams } from './legible.ts';
import { builtIn } from './templates/bench.ts';

let photos: Record<Background, string>;
before(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'thumbnail-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  photos = await paintBackgrounds(folder);
});

const everyday: Teams = [
  ['Nguyễn Thị', 'Đỗ Ánh'],
  ['Łukasz', 'Çağla'],
];
const longNames: Teams = [
  ['Wolfeschlegelstein', 'Hausenbergerdorff'],
  ['Nguyễn Thị Phượng Anh', 'Đỗ Ánh'],
];

for (const template of builtIn.templateNames) {
  for (const theme of builtIn.themeNames) {
    test(`${template} in ${theme}: every text has a contrast of 4.5 against what is behind it, on any photo`, async () => {
      for (const [photo, teams] of [
        ['bright', everyday],
        ['dark', everyday],
        ['motley', longNames],
      ] as const) {
        const { pixel, drawing } = await rendered(template, theme, photos[photo], teams);
        for (const line of drawing.texts) {
          const ratio = leastContrastOf(line, drawing, pixel);
          assert.ok(ratio >= 4.5, `${line.words.text} (${line.slot}) on ${photo}: ${ratio.toFixed(2)}`);
        }
      }
    });
  }

  test(`${template}: capitals of names of 12 letters are at least 60 pixels high, narrow and wide letters alike`, async () => {
    for (const player of ['HIHIHIHIHIHI', 'HHHHHHHHHHHH', 'MMMMMMMMMMMM']) {
      const { pixel, drawing } = await rendered(template, 'white', photos.dark, [
        [player, player],
        [player, player],
      ]);
      const names = drawing.texts.filter(({ slot }) => slot === 'name');
      assert.equal(names.map(({ words }) => words.text).join(' / '), Array(4).fill(player).join(' / '));
      for (const line of names) {
        const capitals = capitalsOf(line, drawing, pixel);
        assert.ok(capitals >= 60 && capitals < 130, `${player}: ${capitals} pixels`);
      }
    }
  });
}
