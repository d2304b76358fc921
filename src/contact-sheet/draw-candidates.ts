import type { DrawnSheet } from './drawn.ts';
import type { Sheet } from './sheet.ts';
import { clock, colours, gap, innerWidth, margin } from './style.ts';
import { type Pen, wrap, write } from './write.ts';

export interface SheetPicture {
  readonly file: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const captionHeight = 98;
const phrase: Pen = { size: 19, colour: colours.muted };

/** Positions for this many candidates in a grid of pictures, each with its caption below. */
export function gridOf(count: number, top: number) {
  const columns = count <= 3 ? Math.max(2, count) : count === 4 ? 2 : count <= 9 ? 3 : 4;
  const width = Math.floor((innerWidth - gap * (columns - 1)) / columns);
  const height = Math.round((width * 9) / 16);
  const rows = Math.ceil(count / columns);
  return {
    bottom: top + rows * (height + captionHeight),
    at: (index: number) => ({
      x: margin + (index % columns) * (width + gap),
      y: top + Math.floor(index / columns) * (height + captionHeight),
      width,
      height,
    }),
  };
}

export function drawCandidates(
  { candidates }: Sheet,
  top: number,
): DrawnSheet & { pictures: SheetPicture[]; bottom: number } {
  const grid = gridOf(candidates.length, top);
  const places = candidates.map((candidate, index) => ({ candidate, ...grid.at(index) }));
  return {
    bottom: grid.bottom,
    pictures: places.map(({ candidate, ...place }) => ({ file: candidate.file, ...place })),
    shapes: places.flatMap(({ x, y }) => disc(x + 32, y + 32, 22)),
    texts: places.flatMap(({ candidate: { rank, time, score, why }, x, y, width, height }) => {
      const below = y + height;
      return [
        ...number(rank, x + 32, y + 32, 24),
        ...write(clock(time, true), x + 2, below + 32, { size: 25, colour: colours.text, role: 'title' }),
        ...write(score.toFixed(2), x + width - 2, below + 32, {
          size: 25,
          colour: colours.pick,
          role: 'title',
          align: 'right',
        }),
        ...wrap(why, width - 4, 2, phrase).flatMap((line, nth) => write(line, x + 2, below + 58 + nth * 24, phrase)),
      ];
    }),
  };
}

/** The mark of a candidate, on its picture and on the curve alike. */
export const disc = (x: number, y: number, radius: number): string[] => [
  `<circle cx="${x}" cy="${y}" r="${radius}" fill="${colours.pick}" stroke="${colours.paper}" stroke-width="3"/>`,
];

export const number = (rank: number, x: number, y: number, size: number) =>
  write(String(rank), x, y + size * 0.36, { size, colour: colours.onPick, role: 'title', align: 'centre' });
