import { leastLogoContrast, linePitch, narrowing, space, typeSize, usualDrop } from '../scale.ts';
import { capHeight, measure } from '../text/measure.ts';
import type { Printable } from '../text/printable.ts';
import { breakAnywhere, wrapEvenly } from '../text/wrap.ts';
import { channels, contrast } from '../themes/colour.ts';
import type { Theme } from '../themes/theme.ts';
import type { LogoFile, TextFile } from './format.ts';
import { coloursOn, plate, plateInset } from './grounds.ts';
import { pixels } from './length.ts';
import type { Content, Drawn, Logo, PlacedText } from './template.ts';

/** Something of known size that a column positions. */
export interface Block {
  readonly width: number;
  readonly height: number;
  /** @param x left end, @param top upper end, in design pixels */
  drawAt(x: number, top: number): Drawn;
}

export const pixelsOf = <T extends string>(value: T | number, scale: Record<T, number>): number =>
  typeof value === 'number' ? value : scale[value];

/** @param free the available width @returns undefined if there is nothing to say */
export function textBlock(file: TextFile, content: Content, theme: Theme, free: number): Block | undefined {
  const slot = file.show ?? 'own';
  const words = slot === 'own' ? content.own(file.words ?? '') : content[slot];
  if (words.text === '') return undefined;
  const most = file.width === undefined ? free : Math.min(free, pixels(file.width, free));
  return linesBlock(words, { ...file, slot }, theme, most);
}

/** The logo, or else the club's name, so that nothing looks missing. */
export function logoBlock(file: LogoFile, content: Content, theme: Theme, free: number): Block | undefined {
  if (content.logo) return pictureBlock(content.logo, file, theme, free);
  if (content.club.text === '') return undefined;
  const style = { ...file, size: [file.size], lines: 1, slot: 'club' } as const;
  return linesBlock(content.club, style, theme, Math.min(free, 2 * file.width));
}

type LinesStyle = Pick<TextFile, 'lines' | 'colour' | 'plate'> &
  Pick<PlacedText, 'slot'> & { readonly size: readonly TextFile['size'][number][] };

function linesBlock(words: Printable, style: LinesStyle, theme: Theme, free: number): Block {
  const inset = style.plate ? plateInset(2 * typeSize.title) : 0;
  const { lines, size, narrowed } = fitLines(words, style, free - 2 * inset);
  const ground = style.plate ?? 'panel';
  const { fill, ink } = coloursOn(ground, style.colour, theme);
  const pad = style.plate ? { ink: 0.12, letters: 0.36 } : { ink: 0, letters: 0 };
  const extents = lines.map((line) => ({ ...measure(line), cap: capHeight(line) }));
  const baselines: number[] = [];
  let bottom = 0;
  for (const [row, { rise, drop, cap }] of extents.entries()) {
    const byInk = row === 0 ? Math.max(rise + pad.ink, cap + pad.letters) * size : bottom + space.hair + rise * size;
    baselines.push(Math.max(byInk, (baselines.at(-1) ?? Number.NEGATIVE_INFINITY) + linePitch * size));
    bottom = (baselines.at(-1) ?? 0) + Math.max(drop + pad.ink, style.plate ? pad.letters : usualDrop) * size;
  }
  const widths = extents.map((extent) => extent.width * size * narrowed);
  const width = Math.max(...widths) + 2 * inset;
  return {
    width,
    height: bottom,
    drawAt: (x, top) => ({
      shapes: style.plate ? plate(x, top, width, bottom, fill) : '',
      texts: lines.map((line, row) => ({
        words: line,
        x: x + inset,
        baseline: top + (baselines[row] ?? 0),
        size,
        colour: ink,
        narrowed,
        slot: style.slot,
        ground,
      })),
    }),
  };
}

interface FittedLines {
  readonly lines: readonly Printable[];
  readonly size: number;
  readonly narrowed: number;
}

/**
 * The largest letters with which the wanted number of lines suffices. Failing that, the smallest ones narrowed, then
 * another line, and for an endless text, breaks within words and ever smaller letters: nothing is cut off.
 */
function fitLines(words: Printable, { size: wishes, lines: most }: LinesStyle, free: number): FittedLines {
  const sizes = wishes.map((wish) => pixelsOf(wish, typeSize)).sort((a, b) => b - a);
  const smallest = sizes.at(-1) ?? typeSize.label;
  for (const size of sizes) {
    for (const lines of [[words], wrapEvenly(words, most)]) {
      if (widest(lines) * size <= free) return { lines, size, narrowed: 1 };
    }
  }
  for (let count = 1; count <= most + 1; count += 1) {
    const lines = wrapEvenly(words, count);
    const narrowed = Math.min(1, free / (widest(lines) * smallest));
    if (narrowed >= (count === 1 ? narrowing.unseen : narrowing.visible)) return { lines, size: smallest, narrowed };
  }
  for (let size = smallest; ; size *= shrinking) {
    const lines = breakAnywhere(words, free / size / narrowing.visible);
    const narrowed = Math.min(1, free / (widest(lines) * size));
    if (lines.length <= most + 2) return { lines, size, narrowed };
  }
}

const widest = (lines: readonly Printable[]) => Math.max(...lines.map((line) => measure(line).width));
/** From one size to the next that is tried. */
const shrinking = 0.94;

function pictureBlock(logo: Logo, file: LogoFile, theme: Theme, free: number): Block {
  const ground = coloursOn(file.plate ?? 'panel', 'text', theme).fill;
  const stands = contrast(logo.ink, channels(ground)) >= leastLogoContrast;
  const fill = stands ? (file.plate ? ground : undefined) : plateColour(logo);
  const inset = fill ? { x: plateInset(file.height), y: space.tight } : { x: 0, y: 0 };
  const scale = Math.min(
    (Math.min(free, file.width) - 2 * inset.x) / logo.width,
    (file.height - 2 * inset.y) / logo.height,
  );
  const [wide, high] = [logo.width * scale, logo.height * scale];
  const [width, height] = [wide + 2 * inset.x, high + 2 * inset.y];
  const data = `data:image/png;base64,${logo.png.toString('base64')}`;
  return {
    width,
    height,
    drawAt: (x, top) => ({
      shapes: `${fill ? plate(x, top, width, height, fill) : ''}<image x="${x + inset.x}" y="${top + inset.y}" width="${wide}" height="${high}" href="${data}"/>`,
      texts: [],
    }),
  };
}

function plateColour(logo: Logo): string {
  const onWhite = contrast(logo.ink, [255, 255, 255]);
  return onWhite >= contrast(logo.ink, [16, 24, 48]) ? '#ffffff' : '#101830';
}
