import { type Printable, type Run, runsOf } from './printable.ts';

/**
 * A text set at 1 em, in em. `width` reaches to the end of its last letter, or of a mark that extends beyond it; `rise`
 * and `drop` are the extents of its ink above and below the baseline.
 */
export interface Extent {
  readonly width: number;
  readonly rise: number;
  readonly drop: number;
}

const loneMark = /\p{M}/u;
/** Space a shaping engine leaves between a letter and its mark, in em. */
const markGap = 0.04;

/** Measures with the fonts' own advance widths and glyph boxes; drawing does not use kerning either. */
export function measure(words: Printable): Extent {
  let pen = 0;
  let width = 0;
  let rise = 0;
  let drop = 0;
  for (const run of runsOf(words)) {
    const extent = measureRun(run);
    width = Math.max(width, pen + extent.width);
    pen += extent.advance;
    rise = Math.max(rise, extent.rise);
    drop = Math.max(drop, extent.drop);
  }
  return { width, rise, drop };
}

/** `advance` is where the next run begins. */
export function measureRun({ text, face }: Run): Extent & { readonly advance: number } {
  const { metrics } = face;
  let pen = 0;
  let width = 0;
  let rise = 0;
  let drop = 0;
  let letter = { top: 0, bottom: 0 };
  for (const character of text) {
    const glyph = metrics.glyph(character.codePointAt(0) ?? 0);
    if (!glyph) continue;
    if (loneMark.test(character)) {
      const thickness = glyph.top - glyph.bottom + markGap * metrics.unitsPerEm;
      letter = { top: letter.top + thickness, bottom: letter.bottom - thickness };
    } else {
      width = Math.max(width, pen + glyph.right, pen + glyph.advance);
      pen += glyph.advance;
      letter = glyph;
    }
    rise = Math.max(rise, letter.top);
    drop = Math.max(drop, -letter.bottom);
  }
  const em = metrics.unitsPerEm;
  return { width: width / em, rise: rise / em, drop: drop / em, advance: pen / em };
}

/** Height of a plain capital, in em. */
export function capHeight({ faces: [{ metrics }] }: Printable): number {
  return metrics.capHeight / metrics.unitsPerEm;
}
