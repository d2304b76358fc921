import type { TextLine } from '../thumbnail/text/draw-text.ts';

/** A part of the sheet: SVG elements, and the texts above them. */
export interface DrawnSheet {
  readonly shapes: readonly string[];
  readonly texts: readonly TextLine[];
}

export const together = (parts: readonly DrawnSheet[]): DrawnSheet => ({
  shapes: parts.flatMap(({ shapes }) => shapes),
  texts: parts.flatMap(({ texts }) => texts),
});
