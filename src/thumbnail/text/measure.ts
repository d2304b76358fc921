import type { Printable } from './printable.ts';

/**
 * A text set at 1 em, in em. `width` reaches to the end of its last letter, or of a mark that leans beyond it; `rise`
 * and `drop` are the extents of its ink above and below the baseline.
 */
export interface Extent {
  readonly width: number;
  readonly rise: number;
  readonly drop: number;
}

const loneMark = /\p{M}/u;
/** Space a shaping engine leaves between a letter and a mark it puts on it, in em. */
const markGap = 0.04;

/** Measures with the font's own advance widths and glyph boxes; kerning is not used when drawing either. */
export function measure({ text, face }: Printable): Extent {
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
  return { width: width / em, rise: rise / em, drop: drop / em };
}

/** Height of a plain capital, in em. */
export function capHeight({ face }: Printable): number {
  return face.metrics.capHeight / face.metrics.unitsPerEm;
}
