import { Resvg } from '@resvg/resvg-js';
import type { Drawing } from './templates/template.ts';
import { drawText } from './text/draw-text.ts';

/** The design without the photo: premultiplied RGBA and where it belongs, in pixels of the finished picture. */
export interface Layer {
  readonly pixels: Buffer;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** @param scale pixels per design pixel */
export async function drawLayer(drawing: Pick<Drawing, 'layer' | 'shapes' | 'texts'>, scale: number): Promise<Layer> {
  const { layer } = drawing;
  const left = Math.floor(layer.x * scale);
  const top = Math.floor(layer.y * scale);
  const width = Math.ceil((layer.x + layer.width) * scale) - left;
  const height = Math.ceil((layer.y + layer.height) * scale) - top;
  const text = await drawText(drawing.texts, layer.x + layer.width, layer.y + layer.height);
  const view = [left / scale, top / scale, width / scale, height / scale].join(' ');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${view}">${drawing.shapes}${text}</svg>`;
  const { pixels } = new Resvg(svg, { font: { loadSystemFonts: false }, logLevel: 'off' }).render();
  return { pixels, left, top, width, height };
}
