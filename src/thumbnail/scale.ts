/**
 * The single scale shared by all designs. Lengths are design pixels: a picture 720 high has one pixel for each; larger
 * pictures are scaled up as a whole.
 */
export const designHeight = 720;

/** Distances between things, from hairline to page margin. */
export const space = { none: 0, hair: 4, tight: 8, small: 12, medium: 16, large: 24, margin: 32, page: 40 } as const;
export type Space = keyof typeof space;

/** Font sizes (em) of everything except players' names. */
export const typeSize = { caption: 18, small: 21, label: 25, least: 26, subtitle: 32, title: 38 } as const;
export type TypeSize = keyof typeof typeSize;

/** From baseline to baseline of a text's lines, in em. */
export const linePitch = 1.08;
/** The drop always reserved, in em, so that what follows a line is equally far away with or without descenders. */
export const usualDrop = 0.2;

/**
 * Heights of capitals in players' names, best first. Names of up to `shortName` letters are never drawn below
 * `comfortable`; only longer ones go down to `least`. At 168×94, a phone's list, 60 becomes 8 pixels and 40 becomes 5.
 */
export const capHeights = [128, 118, 108, 98, 90, 84, 78, 72, 66, 60, 56, 52, 48, 44, 40] as const;
export const comfortableCapHeight = 60;
export const leastCapHeight = 40;
/** Long names are drawn this small on one line rather than crowded on two. */
export const wellReadCapHeight = 48;
/** Up to this size letters may be narrowed visibly; larger ones are made smaller instead. */
export const modestCapHeight = 72;
export const shortName = 12;

/** How far letters may be narrowed before another remedy is tried: 1 is the font's own width. */
export const narrowing = { unseen: 0.9, visible: 0.78, lastResort: 0.45 } as const;

/** Lowest contrast of a text against its background (WCAG 2.2, success criterion 1.4.3). */
export const leastContrast = 4.5;
/** The same for a logo (success criterion 1.4.11, graphics). */
export const leastLogoContrast = 3;

/** Slant of everything slanted: pixels to the right per pixel up. */
export const slant = 0.2;
/** The sign between the teams: its height, the size of its letters, and the room on each side of them. */
export const sign = { height: 42, type: 34, inset: 16 } as const;
