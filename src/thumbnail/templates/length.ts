import { designHeight } from '../scale.ts';
import type { AreaFile, Length } from './format.ts';
import type { Box } from './template.ts';

export type Point = readonly [number, number];

/** A length in design pixels. @param whole what 100 % is */
export function pixels(length: Length, whole: number): number {
  if (typeof length === 'number') return length;
  const [, share = '0', sign = '+', more = '0'] = /^(-?[\d.]+)%(?: *([+-]) *([\d.]+))?$/u.exec(length) ?? [];
  return (Number(share) / 100) * whole + Number(`${sign}${more}`);
}

/** The area as a box in a picture of that width. Sides that are not given are at the picture's edge. */
export function boxOf(area: AreaFile, width: number): Box {
  const across = span(area.left, area.right, area.width, width);
  const down = span(area.top, area.bottom, area.height, designHeight);
  return { x: across.start, y: down.start, width: across.length, height: down.length };
}

function span(from: Length | undefined, to: Length | undefined, size: Length | undefined, whole: number) {
  const [before, after] = [pixels(from ?? 0, whole), pixels(to ?? 0, whole)];
  if (size === undefined) return { start: before, length: whole - before - after };
  const length = pixels(size, whole);
  return { start: from === undefined && to !== undefined ? whole - after - length : before, length };
}

export const pointOf = ([x, y]: readonly [Length, Length], width: number): Point => [
  pixels(x, width),
  pixels(y, designHeight),
];

export const cornersOf = ({ x, y, width, height }: Box): Point[] => [
  [x, y],
  [x + width, y],
  [x + width, y + height],
  [x, y + height],
];

/** The smallest box around all points. */
export function boundsOf(points: readonly Point[]): Box {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

export const attribute = (points: readonly Point[]): string =>
  points.map((point) => point.map((value) => value.toFixed(2)).join(',')).join(' ');
