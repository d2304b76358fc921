/** `#rrggbb` */
export type Colour = `#${string}`;

/** All colours of a design. Texts keep a contrast of at least 4.5 against their background: the schema ensures it. */
export interface Theme {
  readonly name: string;
  /** Prefixes of tournament names, in any case, that use this theme. */
  readonly tournaments: readonly string[];
  /** Upper left, middle and lower right of the panel's gradient. */
  readonly panel: readonly [Colour, Colour, Colour];
  /** Lightness of the facets against the gradient: 0 is flat, 0.1 strong. */
  readonly facetDepth: number;
  /** Players' names. */
  readonly text: Colour;
  /** Club, match type and date. */
  readonly muted: Colour;
  /** Tournament. */
  readonly title: Colour;
  /** Edge line and the chip behind `vs`. */
  readonly accent: Colour;
  /** On the accent. */
  readonly onAccent: Colour;
  /** The translucent band along the panel's edge. */
  readonly band: Colour;
}
