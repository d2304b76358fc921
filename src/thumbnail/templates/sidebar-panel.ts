import { designHeight, space } from '../scale.ts';
import type { Theme } from '../themes/theme.ts';
import { facets } from './facets.ts';

/** Where the leaning edge stands at the top and the bottom: 30 % of a 1280 wide picture on the whole. */
const edge = { top: 418, bottom: 354 };
/** Widths along the edge, at the top and the bottom: the accent tapers, which gives it speed. */
const accent = { top: 13, bottom: 5 };
const band = { top: 34, bottom: 14 };
const shadowWidth = 110;

/** Right border of the panel at height `y`. */
export const edgeAt = (y: number) => edge.top + ((edge.bottom - edge.top) * y) / designHeight;

/** Left end of every text. */
export const textLeft = space.margin;
/** Width that is free for a line of text whose ink reaches down to `y`. */
export const freeAbove = (y: number) => edgeAt(y) - textLeft - space.large;

/** The photo begins under the panel, so that no gap can show along the edge. */
export const photoLeft = edge.bottom - space.tight;
/** Everything the panel draws, shadow included, ends here. */
export const panelReach = edge.top + band.top + shadowWidth;

/** The faceted panel, its accent line, a translucent band beside it and the shadow it throws on the photo. */
export function panel(theme: Theme): string {
  return [
    shadow(),
    strip(theme.band, 0.62, accent, band),
    facets(theme, designHeight, edgeAt),
    strip(theme.accent, 1, { top: 0, bottom: 0 }, accent),
  ].join('');
}

interface Ends {
  readonly top: number;
  readonly bottom: number;
}

/** A strip along the edge, from `from` to `to` beside it. */
function strip(colour: string, opacity: number, from: Ends, to: Ends): string {
  const points = [
    [edge.top + from.top, 0],
    [edge.top + to.top, 0],
    [edge.bottom + to.bottom, designHeight],
    [edge.bottom + from.bottom, designHeight],
  ];
  return `<polygon points="${points.join(' ')}" fill="${colour}" fill-opacity="${opacity}"/>`;
}

function shadow(): string {
  const lean = edge.top - edge.bottom;
  const slope = lean / designHeight;
  const [x, y] = [edgeAt(designHeight / 2), designHeight / 2];
  const end = [x + shadowWidth, y + shadowWidth * slope];
  const stop = (offset: number, opacity: number) =>
    `<stop offset="${offset}" stop-color="#000" stop-opacity="${opacity}"/>`;
  return [
    `<linearGradient id="panel-shadow" gradientUnits="userSpaceOnUse" x1="${x}" y1="${y}" x2="${end[0]}" y2="${end[1]}">`,
    stop(0, 0.5),
    stop(0.35, 0.22),
    stop(1, 0),
    '</linearGradient>',
    `<polygon points="${edge.top},0 ${panelReach},0 ${panelReach},${designHeight} ${edge.bottom},${designHeight}" fill="url(#panel-shadow)"/>`,
  ].join('');
}
