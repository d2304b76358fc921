import { mix } from '../themes/colour.ts';
import type { Colour, Theme } from '../themes/theme.ts';

type Point = readonly [number, number];

/** How far the inner corners stand off a regular grid, as shares of a cell; repeats, so every picture is the same. */
const unrest = [0.18, -0.24, 0.3, -0.12, 0.05, -0.3, 0.26, -0.08, 0.14, -0.2, 0.32, -0.28, 0.1];
/** Light and shade of the facets, -1..1. */
const shading = [0.2, -0.5, 0.8, -0.1, -0.8, 0.45, 0.05, 1, -0.35, 0.6, -1, 0.3, -0.6, 0.1, 0.7, -0.25, 0.5];

const at = (list: readonly number[], index: number) => list[index % list.length] ?? 0;

/**
 * A gradient cut into triangles of slightly different lightness.
 * @param edge x of the right border at height y
 * @returns opaque SVG polygons from x 0 to the border
 */
export function facets(theme: Theme, height: number, edge: (y: number) => number): string {
  const [columns, rows] = [3, 6];
  const corner = (column: number, row: number): Point => {
    const inside = (value: number, most: number) => value > 0 && value < most;
    const index = row * (columns + 1) + column;
    const y = ((row + (inside(row, rows) ? at(unrest, index * 5) : 0)) / rows) * height;
    const x = ((column + (inside(column, columns) ? at(unrest, index * 7 + 3) : 0)) / columns) * edge(y);
    return [x, y];
  };
  const polygons: string[] = [];
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const [a, b] = [corner(column, row), corner(column + 1, row)];
      const [c, d] = [corner(column, row + 1), corner(column + 1, row + 1)];
      const falling = (row + column) % 2 === 0;
      const triangles = falling
        ? [
            [a, b, d],
            [a, d, c],
          ]
        : [
            [a, b, c],
            [b, d, c],
          ];
      for (const triangle of triangles as [Point, Point, Point][]) {
        polygons.push(facet(triangle, at(shading, polygons.length * 3), theme, height, edge));
      }
    }
  }
  return polygons.join('');
}

function facet(
  points: readonly Point[],
  shade: number,
  theme: Theme,
  height: number,
  edge: (y: number) => number,
): string {
  const x = points.reduce((sum, point) => sum + point[0], 0) / points.length;
  const y = points.reduce((sum, point) => sum + point[1], 0) / points.length;
  const base = gradient(theme.panel, 0.3 * (x / edge(y)) + 0.7 * (y / height));
  const colour = mix(base, shade > 0 ? '#ffffff' : '#000000', Math.abs(shade) * theme.facetDepth);
  const corners = points.map((point) => point.map((value) => value.toFixed(2)).join(',')).join(' ');
  // The stroke closes the hairline that anti-aliasing leaves between neighbours.
  return `<polygon points="${corners}" fill="${colour}" stroke="${colour}" stroke-width="0.8"/>`;
}

function gradient([start, middle, end]: Theme['panel'], share: number): Colour {
  return share < 0.5 ? mix(start, middle, share * 2) : mix(middle, end, share * 2 - 1);
}
