/**
 * The one written scale of all designs. Lengths are design pixels: a picture 720 high has one pixel for each,
 * larger pictures are scaled up whole.
 */
export const designHeight = 720;

/** Distances between things, from hairline to page margin. */
export const space = { hair: 4, tight: 8, small: 12, medium: 16, large: 24, margin: 32, page: 40 } as const;

/** Font sizes (em) of everything that is not a player's name. */
export const typeSize = { caption: 18, label: 25, title: 38, titleSmall: 32, titleLeast: 26, chip: 34 } as const;

/**
 * Heights of capitals in players' names, best first. Down to `comfortable` names of up to `shortName` letters are
 * always drawn; only longer ones go on to `least`. At 168×94, a phone's list, 60 becomes 8 pixels and 40 becomes 5.
 */
export const capHeights = [128, 118, 108, 98, 90, 84, 78, 72, 66, 60, 56, 52, 48, 44, 40] as const;
export const comfortableCapHeight = 60;
export const leastCapHeight = 40;
/** Long names are rather drawn this small on one line than crowded on two. */
export const wellReadCapHeight = 48;
/** Up to here letters may be narrowed visibly; larger ones are rather made smaller. */
export const modestCapHeight = 72;
export const shortName = 12;

/** How far letters may be narrowed before another remedy is taken: 1 is the font's own width. */
export const narrowing = { unseen: 0.9, visible: 0.78, lastResort: 0.45 } as const;

/** Cap height of the largest names, by the number of lines that stand below each other. */
export const largestCapHeight = { singles: 128, doubles: 84 } as const;

/** Lowest contrast of a name against its panel (WCAG 2.2, success criterion 1.4.3). */
export const leastContrast = 4.5;
