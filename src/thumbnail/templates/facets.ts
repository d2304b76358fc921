import { mix } from '../themes/colour.ts';
import type { Colour, Theme } from '../themes/theme.ts';
import { attribute, type Point } from './length.ts';
import type { Box } from './template.ts';

/**
 * How far the inner corners deviate from a regular grid, as shares of a cell; repeats, so every picture is the same.
 */
const unrest = [0.18, -0.24, 0.3, -0.12, 0.05, -0.3, 0.26, -0.08, 0.14, -0.2, 0.32, -0.28, 0.1];
/** Light and shade of the facets, -1..1. */
const shading = [0.2, -0.5, 0.8, -0.1, -0.8, 0.45, 0.05, 1, -0.35, 0.6, -1, 0.3, -0.6, 0.1, 0.7, -0.25, 0.5];
/** Least and greatest side of a cell. */
const cell = { least: 72, most: 140 };

const at = (list: readonly number[], index: number) => list[index % list.length] ?? 0;

/**
 * The theme's gradient cut into triangles of slightly different lightness.
 * @returns opaque SVG polygons that fill the box
 */
export function facets(theme: Theme, box: Box): string {
  const side = Math.max(cell.least, Math.min(cell.most, Math.min(box.width, box.height) / 3));
  const [columns, rows] = [Math.max(2, Math.round(box.width / side)), Math.max(2, Math.round(box.height / side))];
  const corner = (column: number, row: number): Point => {
    const inside = (value: number, most: number) => value > 0 && value < most;
    const index = row * (columns + 1) + column;
    const x = (column + (inside(column, columns) ? at(unrest, index * 7 + 3) : 0)) / columns;
    const y = (row + (inside(row, rows) ? at(unrest, index * 5) : 0)) / rows;
    return [box.x + x * box.width, box.y + y * box.height];
  };
  const polygons: string[] = [];
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const [a, b] = [corner(column, row), corner(column + 1, row)];
      const [c, d] = [corner(column, row + 1), corner(column + 1, row + 1)];
      const falling = (row + column) % 2 === 0;
      for (const triangle of falling
        ? [
            [a, b, d],
            [a, d, c],
          ]
        : [
            [a, b, c],
            [b, d, c],
          ]) {
        polygons.push(facet(triangle, at(shading, polygons.length * 3), theme, box));
      }
    }
  }
  return polygons.join('');
}

function facet(points: readonly Point[], shade: number, theme: Theme, box: Box): string {
  const mean = (axis: 0 | 1) => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
  const [across, down] = [(mean(0) - box.x) / box.width, (mean(1) - box.y) / box.height];
  const along = box.width > box.height ? 0.7 * across + 0.3 * down : 0.3 * across + 0.7 * down;
  const colour = mix(
    gradient(theme.panel, along),
    shade > 0 ? '#ffffff' : '#000000',
    Math.abs(shade) * theme.facetDepth,
  );
  // The stroke covers the hairline gap that anti-aliasing leaves between neighbours.
  return `<polygon points="${attribute(points)}" fill="${colour}" stroke="${colour}" stroke-width="0.8"/>`;
}

function gradient([start, middle, end]: Theme['panel'], share: number): Colour {
  return share < 0.5 ? mix(start, middle, share * 2) : mix(middle, end, share * 2 - 1);
}
