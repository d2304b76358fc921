import assert from 'node:assert/strict';
import { join } from 'node:path';
import sharp from 'sharp';
import { renderThumbnail } from '../../src/thumbnail/render-thumbnail.ts';
import type { Drawing, PlacedText } from '../../src/thumbnail/templates/template.ts';
import { contrast } from '../../src/thumbnail/themes/colour.ts';
import { requestFor } from './pictures.ts';
import { contentOf, draw, inkOf, paintTexts } from './templates/bench.ts';

type Colour = readonly [number, number, number];
export type Teams = [string[], string[]];
const [width, height] = [1280, 720];

/** The photos that are hardest to write on: white, black, and all colours at the same time. */
export const backgrounds = ['bright', 'dark', 'motley'] as const;
export type Background = (typeof backgrounds)[number];

/** Makes these photos. @returns path of each */
export async function paintBackgrounds(folder: string): Promise<Record<Background, string>> {
  const colours = { bright: '#ffffff', dark: '#000000', motley: '#808080' };
  const photos = { ...colours };
  for (const name of backgrounds) {
    const noise = name === 'motley' ? { noise: { type: 'gaussian', mean: 128, sigma: 90 } as const } : {};
    photos[name] = join(folder, `${name}.png`);
    await sharp({ create: { width: 640, height: 360, channels: 3, background: colours[name], ...noise } })
      .png()
      .toFile(photos[name]);
  }
  return photos;
}

/** The finished JPEG, as seen on YouTube, and the drawing that tells where its texts are. */
export async function rendered(template: string, theme: string, photo: string, teams: Teams) {
  const match = { matchType: 'md', teams, tournament: 'Winter Cup' } as const;
  const request = requestFor(photo, { match, theme, template });
  const { jpeg } = await renderThumbnail(request);
  const { data } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true });
  const pixel = (x: number, y: number): Colour => {
    const at = (y * width + x) * 3;
    return [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
  };
  const words = { teams, tournament: 'Winter Cup', club: 'Sun Badminton', caption: "Men's Doubles · 15 Dec 2024" };
  return { pixel, drawing: draw(template, contentOf(words), theme) };
}

/** Pixels of a line: `ink` inside letters, `ground` around them, beyond the reach of JPEG's ringing. */
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

/** The lowest contrast between a line's usual ink and any pixel behind it. */
export function leastContrastOf(line: PlacedText, drawing: Drawing, pixel: (x: number, y: number) => Colour): number {
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

/** Rows from the highest to the lowest pixel of a line's ink that stands out from its ground, for a line of capitals. */
export function capitalsOf(line: PlacedText, drawing: Drawing, pixel: (x: number, y: number) => Colour): number {
  const { ink, ground } = pixelsOf(line, drawing);
  const [first] = ground;
  assert.ok(first);
  const behind = pixel(...first);
  const rows = ink.filter(([x, y]) => contrast(pixel(x, y), behind) > 4.5).map(([, y]) => y);
  return Math.max(...rows) - Math.min(...rows) + 1;
}
