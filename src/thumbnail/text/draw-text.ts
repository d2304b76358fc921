import satori from 'satori';
import type { Colour } from '../themes/theme.ts';
import { faces } from './fonts.ts';
import type { Printable } from './printable.ts';

/** One line of text at its place, in design pixels. */
export interface TextLine {
  readonly words: Printable;
  /** Left end of the line and its baseline. */
  readonly x: number;
  readonly baseline: number;
  /** Em. */
  readonly size: number;
  readonly colour: Colour;
  /** 1 is the font's own width. */
  readonly narrowed: number;
}

const fonts = faces.map(({ name, file }) => ({ name, data: file, style: 'normal' as const }));

/**
 * Outlines of all lines as one SVG document of the given size in design pixels.
 * The layout engine rounds to whole pixels. Set at one font unit a pixel nothing is left to round, so that each line
 * stands exactly where it was measured.
 */
export async function drawText(lines: readonly TextLine[], width: number, height: number): Promise<string> {
  const children = lines.map(({ words, x, baseline, size, colour, narrowed }) => {
    const { metrics, name } = words.face;
    const scale = size / metrics.unitsPerEm;
    return {
      type: 'div',
      key: null,
      props: {
        style: {
          position: 'absolute',
          left: 0,
          top: 0,
          fontFamily: name,
          fontSize: metrics.unitsPerEm,
          lineHeight: (metrics.ascent + metrics.descent) / metrics.unitsPerEm,
          fontKerning: 'none',
          fontFeatureSettings: '"liga" 0, "clig" 0',
          whiteSpace: 'pre',
          color: colour,
          transform: `translate(${x}px, ${baseline - metrics.ascent * scale}px) scale(${scale * narrowed}, ${scale})`,
          transformOrigin: '0 0',
        },
        children: words.text,
      },
    };
  });
  const root = { type: 'div', key: null, props: { style: { display: 'flex', width, height }, children } };
  return satori(root, { width, height, fonts });
}
