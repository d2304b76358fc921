// How legible every design is, measured on the pixels of finished thumbnails over a white, a black and a multicoloured
// photo: node bench/legibility.ts Height of the players' capitals, at 1280×720 and at 168×94 as in a phone's list,
// and the lowest contrast (WCAG) of any text with any pixel behind it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { backgrounds, capitalsOf, leastContrastOf, paintBackgrounds, rendered } from '../test/thumbnail/legible.ts';
import { builtIn } from '../test/thumbnail/templates/bench.ts';

const phone = 94 / 720;
const names = {
  '4 letters': 'KHOI',
  '12 letters': 'MMMMMMMMMMMM',
  '24 letters': 'WOLFESCHLEGEL HAUSENBERGER',
};

const folder = await mkdtemp(path.join(tmpdir(), 'badminton-bench-'));
try {
  const photos = await paintBackgrounds(folder);
  const widths = [10, 8, ...Object.keys(names).map(() => 20), 16];
  const row = (cells: readonly string[]) => console.log(cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(''));
  row(['template', 'theme', ...Object.keys(names), 'least contrast']);
  for (const template of builtIn.templateNames) {
    for (const theme of builtIn.themeNames) {
      const contrasts: number[] = [];
      const heights = Object.values(names).map(() => Number.POSITIVE_INFINITY);
      for (const photo of backgrounds) {
        for (const [at, name] of Object.values(names).entries()) {
          const teams: [string[], string[]] = [
            [name, name],
            [name, name],
          ];
          const { drawing, pixel } = await rendered(template, theme, photos[photo], teams);
          for (const line of drawing.texts) {
            contrasts.push(leastContrastOf(line, drawing, pixel));
            if (line.slot === 'name') heights[at] = Math.min(heights[at] ?? 0, capitalsOf(line, drawing, pixel));
          }
        }
      }
      const shown = heights.map((height) => `${height} px, ${(height * phone).toFixed(1)} px`);
      row([template, theme, ...shown, Math.min(...contrasts).toFixed(2)]);
    }
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
