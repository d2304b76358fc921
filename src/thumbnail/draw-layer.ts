import { renderAsync } from '@resvg/resvg-js';
import type { Box } from './templates/template.ts';
import { drawText, fontFilesOf, type TextLine } from './text/draw-text.ts';

/** The design without the photo: premultiplied RGBA and where it belongs, in pixels of the finished picture. */
export interface Layer {
  readonly pixels: Buffer;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The source of a layer: SVG elements, texts above them, and the box that holds both, in design pixels. */
export interface LayerContent {
  readonly layer: Box;
  readonly shapes: string;
  readonly texts: readonly TextLine[];
}

/** @param scale pixels per design pixel */
export async function drawLayer({ layer, shapes, texts }: LayerContent, scale: number): Promise<Layer> {
  const left = Math.floor(layer.x * scale);
  const top = Math.floor(layer.y * scale);
  const width = Math.ceil((layer.x + layer.width) * scale) - left;
  const height = Math.ceil((layer.y + layer.height) * scale) - top;
  const view = [left / scale, top / scale, width / scale, height / scale].join(' ');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${view}">${shapes}${drawText(texts)}</svg>`;
  const font = { loadSystemFonts: false, fontFiles: fontFilesOf(texts) };
  const { pixels } = await renderAsync(svg, { font, logLevel: 'off' });
  return { pixels, left, top, width, height };
}
