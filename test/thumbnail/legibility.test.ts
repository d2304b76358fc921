import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, test } from 'node:test';
import sharp from 'sharp';
import { renderThumbnail } from '../../src/thumbnail/render-thumbnail.ts';
import type { Drawing, PlacedText } from '../../src/thumbnail/templates/template.ts';
import { contrast } from '../../src/thumbnail/themes/colour.ts';
import { requestFor } from './pictures.ts';
import { builtIn, contentOf, draw, inkOf, paintTexts } from './templates/bench.ts';

type Colour = readonly [number, number, number];
const [width, height] = [1280, 720];

const photos: Record<string, string> = {};
before(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'thumbnail-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const [name, background] of Object.entries({ bright: '#ffffff', dark: '#000000', motley: '#808080' })) {
    const noise = name === 'motley' ? { noise: { type: 'gaussian', mean: 128, sigma: 90 } as const } : {};
    photos[name] = join(folder, `${name}.png`);
    await sharp({ create: { width: 640, height: 360, channels: 3, background, ...noise } })
      .png()
      .toFile(photos[name]);
  }
});

/** The finished JPEG, as somebody on YouTube sees it, and the drawing that tells where its texts stand. */
async function rendered(template: string, theme: string, photo: string, teams: readonly [string[], string[]]) {
  const match = { matchType: 'md', teams, tournament: 'Winter Cup' } as const;
  const request = requestFor(photos[photo] ?? '', { match, theme, template });
  const { jpeg } = await renderThumbnail(request);
  const { data } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true });
  const pixel = (x: number, y: number): Colour => {
    const at = (y * width + x) * 3;
    return [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
  };
  const words = { teams, tournament: 'Winter Cup', club: 'Sun Badminton', caption: "Men's Doubles · 15 Dec 2024" };
  return { pixel, drawing: draw(template, contentOf(words), theme) };
}

/** Pixels of a line: `ink` inside of letters, `ground` around them, beyond the reach of JPEG's ringing. */
function pixelsOf(line: PlacedText, drawing: Drawing) {
  const alpha = paintTexts({ ...drawing, texts: [line] }, width);
  const at = (x: number, y: number) => alpha[(y * width + x) * 4 + 3] ?? 0;
  const around = (x: number, y: number, reach: number) => {
    const values: number[] = [];
    for (let dy = -reach; dy <= reach; dy += 1)
      for (let dx = -reach; dx <= reach; dx += 1) values.push(at(x + dx, y + dy));
    return values;
  };
  const { left, right, top, bottom } = inkOf(line);
  const ink: [number, number][] = [];
  const ground: [number, number][] = [];
  for (let y = Math.ceil(top); y < Math.min(height - 3, bottom); y += 1) {
    for (let x = Math.max(3, Math.ceil(left) - 4); x < right + 4; x += 1) {
      if (at(x, y) === 255) ink.push([x, y]);
      if (at(x, y) === 0 && around(x, y, 2).every((value) => value === 0)) ground.push([x, y]);
    }
  }
  return { ink, ground };
}

/** The lowest contrast of a line's usual ink with any pixel behind it. */
function leastContrastOf(line: PlacedText, drawing: Drawing, pixel: (x: number, y: number) => Colour): number {
  const { ink, ground } = pixelsOf(line, drawing);
  assert.ok(
    ink.length > 20 && ground.length > 20,
    `${line.words.text}: ${ink.length} of ink, ${ground.length} of ground`,
  );
  const middle = (channel: 0 | 1 | 2) =>
    ink.map(([x, y]) => pixel(x, y)[channel]).sort((a, b) => a - b)[Math.floor(ink.length / 2)] ?? 0;
  const colour: Colour = [middle(0), middle(1), middle(2)];
  return Math.min(...ground.map(([x, y]) => contrast(pixel(x, y), colour)));
}

const everyday: [string[], string[]] = [
  ['Nguyễn Thị', 'Đỗ Ánh'],
  ['Łukasz', 'Çağla'],
];
const longNames: [string[], string[]] = [
  ['Wolfeschlegelstein', 'Hausenbergerdorff'],
  ['Nguyễn Thị Phượng Anh', 'Đỗ Ánh'],
];

for (const template of builtIn.templateNames) {
  for (const theme of builtIn.themeNames) {
    test(`${template} in ${theme}: every text stands out by 4.5 from what is behind it, on any photo`, async () => {
      for (const [photo, teams] of [
        ['bright', everyday],
        ['dark', everyday],
        ['motley', longNames],
      ] as const) {
        const { pixel, drawing } = await rendered(template, theme, photo, teams);
        for (const line of drawing.texts) {
          const ratio = leastContrastOf(line, drawing, pixel);
          assert.ok(ratio >= 4.5, `${line.words.text} (${line.slot}) on ${photo}: ${ratio.toFixed(2)}`);
        }
      }
    });
  }

  test(`${template}: capitals of names of 12 letters are at least 60 pixels high, narrow and wide letters alike`, async () => {
    for (const player of ['HIHIHIHIHIHI', 'HHHHHHHHHHHH', 'MMMMMMMMMMMM']) {
      const { pixel, drawing } = await rendered(template, 'white', 'dark', [
        [player, player],
        [player, player],
      ]);
      const names = drawing.texts.filter(({ slot }) => slot === 'name');
      assert.equal(names.map(({ words }) => words.text).join(' / '), Array(4).fill(player).join(' / '));
      for (const line of names) {
        const { ink } = pixelsOf(line, drawing);
        const seen = ink.filter(([x, y]) => contrast(pixel(x, y), [255, 255, 255]) > 4.5 || line.ground !== 'panel');
        const rows = seen.map(([, y]) => y);
        const capitals = Math.max(...rows) - Math.min(...rows) + 1;
        assert.ok(capitals >= 60 && capitals < 130, `${player}: ${capitals} pixels`);
      }
    }
  });
}
