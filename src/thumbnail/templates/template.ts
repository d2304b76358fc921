import type { Margins } from '../photo/choose-crop.ts';
import type { TextLine } from '../text/draw-text.ts';
import type { Printable } from '../text/printable.ts';
import type { Ground } from './format.ts';

/** A rectangle, in design pixels unless stated otherwise. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The club's logo as PNG, ready to be drawn at any size. */
export interface Logo {
  readonly png: Buffer;
  /** Pixels of the PNG. */
  readonly width: number;
  readonly height: number;
  /** Mean colour of its ink, 0..255 per channel. */
  readonly ink: readonly [number, number, number];
}

/** Everything a design may show; texts are already drawable. */
export interface Content {
  readonly club: Printable;
  readonly logo?: Logo;
  readonly tournament: Printable;
  readonly teams: readonly (readonly Printable[])[];
  /** Match type and date. */
  readonly caption: Printable;
  /** Makes a template's own words drawable. */
  own(words: string): Printable;
}

/** A line of text that knows its wording and its background. */
export interface PlacedText extends TextLine {
  readonly slot: 'name' | 'sign' | 'tournament' | 'caption' | 'club' | 'own';
  readonly ground: Ground;
}

/** A part of a design: SVG elements, and texts above them. */
export interface Drawn {
  readonly shapes: string;
  readonly texts: readonly PlacedText[];
}

/** A design filled in with content, in design pixels. */
export interface Drawing extends Drawn {
  /** Where the photo shows. */
  readonly photo: Box;
  /** Borders of the photo that the design hides, as shares of the photo's width and height. */
  readonly covered: Margins;
  /** Other parts that the design hides, as the same shares. */
  readonly hidden: readonly Box[];
  /** The part of the picture that `shapes` and `texts` cover; none of them extend outside it. */
  readonly layer: Box;
}
