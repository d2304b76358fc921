import type { Colour } from './theme.ts';

type Channels = readonly [number, number, number];

/** Red, green and blue, 0..255. */
export function channels(colour: Colour): Channels {
  const value = Number.parseInt(colour.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

/** `share` of `b` laid over `a`, 0..1. */
export function mix(a: Colour, b: Colour, share: number): Colour {
  const [from, to] = [channels(a), channels(b)];
  const hex = from.map((value, i) => Math.round(value + ((to[i] ?? 0) - value) * share));
  return `#${hex.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

/** Relative luminance of sRGB, 0..1 (WCAG 2.2, "relative luminance"). */
export function luminance([red, green, blue]: Channels): number {
  const linear = (value: number) => (value <= 10.31475 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

/** 1 (equal) to 21 (black on white) (WCAG 2.2, "contrast ratio"). */
export function contrast(a: Channels, b: Channels): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}
