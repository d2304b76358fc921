import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, test } from 'node:test';
import sharp from 'sharp';
import { renderThumbnail, themeNames } from '../../src/thumbnail/render-thumbnail.ts';
import { edgeAt } from '../../src/thumbnail/templates/sidebar-panel.ts';
import { channels, contrast } from '../../src/thumbnail/themes/colour.ts';
import { findTheme } from '../../src/thumbnail/themes/themes.ts';
import { hall, requestFor } from './pictures.ts';

type Colour = readonly [number, number, number];

let photo = '';
before(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'thumbnail-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  photo = join(folder, 'hall.png');
  await hall(1920, 1080, [0.5]).png().toFile(photo);
});

/** Pixels of the finished JPEG, as somebody on YouTube sees them. */
async function pixelsOf(players: readonly [string, string], theme: string) {
  const match = { matchType: 'ms', teams: [[players[0]], [players[1]]], tournament: 'Cafe Game' } as const;
  const { jpeg } = await renderThumbnail(requestFor(photo, { match, theme }));
  const { data } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true });
  return (x: number, y: number): Colour => {
    const at = (y * 1280 + x) * 3;
    return [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
  };
}

/** Rows in which a name's ink stands in the panel, as [first, last] of each run of rows. */
function inkRows(pixel: (x: number, y: number) => Colour, ink: Colour, right = 340): [number, number][] {
  const isInk = (y: number) => {
    for (let x = 32; x < right; x += 1) if (contrast(pixel(x, y), ink) < 1.5) return true;
    return false;
  };
  const runs: [number, number][] = [];
  for (let y = 130; y < 660; y += 1) {
    const run = runs.at(-1);
    if (!isInk(y)) continue;
    if (run && run[1] === y - 1) run[1] = y;
    else runs.push([y, y]);
  }
  return runs;
}

for (const name of themeNames) {
  test(`names stand out from the ${name} panel by at least 4.5 wherever they may stand`, async () => {
    const ink = channels(findTheme(name).text);
    const pixel = await pixelsOf(['H', 'H'], name);
    const names = inkRows(pixel, ink, 110).filter(([from, to]) => to - from > 100);
    assert.equal(names.length, 2);
    let least = 21;
    const look = (x: number, y: number) => {
      least = Math.min(least, contrast(pixel(x, y), ink));
    };
    for (let y = 130; y < 660; y += 1) for (let x = 2; x < 28; x += 1) look(x, y);
    for (const [from, to] of names) {
      for (let y = from; y <= to; y += 1) for (let x = 130; x < edgeAt(y) - 24; x += 1) look(x, y);
    }
    assert.ok(least >= 4.5, `least contrast ${least.toFixed(2)}`);
  });
}

test('capitals of names of 12 letters are at least 60 pixels high, narrow and wide letters alike', async () => {
  for (const player of ['HIHIHIHIHIHI', 'HHHHHHHHHHHH', 'MMMMMMMMMMMM'] as const) {
    const pixel = await pixelsOf([player, player], 'white');
    const heights = inkRows(pixel, channels(findTheme('white').text))
      .map(([from, to]) => to - from + 1)
      .filter((height) => height > 30);
    assert.equal(heights.length, 2);
    for (const height of heights) assert.ok(height >= 60 && height < 130, `${player}: ${height} pixels`);
  }
});
