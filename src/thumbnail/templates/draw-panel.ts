import { space } from '../scale.ts';
import type { Theme } from '../themes/theme.ts';
import { facets } from './facets.ts';
import type { PanelFile } from './format.ts';
import { attribute, boundsOf, boxOf, cornersOf, type Point, pointOf } from './length.ts';

/** The corners of a panel in a picture of that width. */
export function outlineOf(panel: PanelFile, width: number): Point[] {
  if (panel.points) return panel.points.map((each) => pointOf(each, width));
  return cornersOf(boxOf(panel.area ?? {}, width));
}

/** @param id unique among the picture's panels */
export function drawPanel(panel: PanelFile, width: number, theme: Theme, id: string): string {
  const points = outlineOf(panel, width);
  const outline = shapeOf(panel, points);
  if (panel.fill === 'facets') {
    const clip = `<clipPath id="${id}-outline">${outline('')}</clipPath>`;
    // A base layer below the facets, so that the photo does not show through the seams.
    const inside = outline(`fill="${theme.panel[1]}"`) + facets(theme, boundsOf(points));
    return `${clip}<g clip-path="url(#${id}-outline)" opacity="${panel.opacity}">${inside}</g>`;
  }
  const { paint, definition } = paintOf(panel, points, width, theme, id);
  return definition + outline(`fill="${paint}" opacity="${panel.opacity}"`);
}

function shapeOf({ area, corner }: PanelFile, points: readonly Point[]): (attributes: string) => string {
  if (!area) return (attributes) => `<polygon points="${attribute(points)}" ${attributes}/>`;
  const { x, y, width, height } = boundsOf(points);
  const radius = typeof corner === 'number' ? corner : space[corner];
  return (attributes) => `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" ${attributes}/>`;
}

function paintOf(panel: PanelFile, points: readonly Point[], width: number, theme: Theme, id: string) {
  const colours = coloursOf(panel.fill, theme);
  if (!panel.fade && colours.length === 1) return { paint: colours[0], definition: '' };
  const bounds = boundsOf(points);
  const from = panel.fade ? pointOf(panel.fade.from, width) : [bounds.x, bounds.y];
  const to = panel.fade ? pointOf(panel.fade.to, width) : [bounds.x + bounds.width, bounds.y + bounds.height];
  const opacities = panel.fade?.opacity ?? [1];
  const count = Math.max(colours.length, opacities.length);
  const stops = Array.from({ length: count }, (_, index) => {
    const share = index / (count - 1);
    const nearest = <T>(list: readonly T[]) => list[Math.round(share * (list.length - 1))];
    return `<stop offset="${share}" stop-color="${nearest(colours)}" stop-opacity="${nearest(opacities)}"/>`;
  });
  const ends = `x1="${from[0]}" y1="${from[1]}" x2="${to[0]}" y2="${to[1]}"`;
  return {
    paint: `url(#${id}-paint)`,
    definition: `<linearGradient id="${id}-paint" gradientUnits="userSpaceOnUse" ${ends}>${stops.join('')}</linearGradient>`,
  };
}

function coloursOf(fill: PanelFile['fill'], theme: Theme): readonly string[] {
  switch (fill) {
    case 'facets':
    case 'panel':
      return theme.panel;
    case 'panelStart':
      return [theme.panel[0]];
    case 'panelMiddle':
      return [theme.panel[1]];
    case 'panelEnd':
      return [theme.panel[2]];
    case 'shade':
      return ['#000000'];
    default:
      return [theme[fill]];
  }
}
