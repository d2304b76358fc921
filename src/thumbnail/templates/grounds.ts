import { slant, space } from '../scale.ts';
import type { Colour, Theme } from '../themes/theme.ts';
import type { Ground } from './format.ts';
import { attribute, type Point } from './length.ts';

/** Colours of a text and its background: pairs whose contrast the theme's schema has checked. */
export function coloursOn(ground: Ground, wish: 'text' | 'muted' | 'title', theme: Theme) {
  const pairs: Record<Ground, { fill: Colour; ink: Colour }> = {
    panel: { fill: theme.panel[0], ink: theme[wish] },
    accent: { fill: theme.accent, ink: theme.onAccent },
    inverse: { fill: theme.text, ink: theme.panel[0] },
  };
  return pairs[ground];
}

/** Padding at the ends of a plate as a share of its height, in addition to a fixed one. */
const padding = 0.06;

/** Empty width at each end of a plate of that height: half the slant of its ends, plus the padding. */
export const plateInset = (height: number): number => height * (slant / 2 + padding) + space.medium;

/** A slanted plate; `x` and `width` are those of the box around it. */
export function plate(x: number, top: number, width: number, height: number, fill: string): string {
  const lean = height * slant;
  const points: Point[] = [
    [x + lean, top],
    [x + width, top],
    [x + width - lean, top + height],
    [x, top + height],
  ];
  return `<polygon points="${attribute(points)}" fill="${fill}"/>`;
}
