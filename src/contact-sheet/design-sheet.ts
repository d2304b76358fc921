import sharp from 'sharp';
import { drawLayer } from '../thumbnail/draw-layer.ts';
import { colours } from './style.ts';
import { type Pen, write } from './write.ts';

/** One match in every design. */
export interface DesignSheet {
  readonly title: string;
  /** Templates, each in every theme; all rows are equally long. */
  readonly rows: readonly (readonly DrawnDesign[])[];
}

export interface DrawnDesign {
  readonly template: string;
  readonly theme: string;
  readonly jpeg: Buffer;
}

interface Place {
  readonly design: DrawnDesign;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const margin = 40;
const gap = 24;
const large = { width: 640, height: 360, gap, label: 34 };
/** The size of a thumbnail in a phone's list. */
const phone = { width: 168, height: 94, gap: 12, label: 0 };
const heading: Pen = { size: 34, colour: colours.text, role: 'title' };
const label: Pen = { size: 20, colour: colours.muted };

/** Draws all designs side by side, and below them as a phone's list shows them, pixel by pixel. Returns a JPEG. */
export async function drawDesignSheet({ title, rows }: DesignSheet): Promise<Buffer> {
  const columns = Math.max(1, ...rows.map((row) => row.length));
  const designs = rows.flat();
  const inner = columns * (large.width + large.gap) - large.gap;
  const wide = gridOf(designs, columns, 96, large);
  const phoneTop = wide.bottom + gap + large.label;
  const perRow = Math.floor((inner + phone.gap) / (phone.width + phone.gap));
  const small = gridOf(designs, perRow, phoneTop, phone);
  const [width, height] = [inner + 2 * margin, small.bottom + margin];

  const texts = [
    ...write(title, margin, 62, heading),
    ...wide.places.flatMap(({ design, x, y }) => write(`${design.template} · ${design.theme}`, x, y - 11, label)),
    ...write("168×94, as in a phone's list", margin, phoneTop - 11, label),
  ];
  const layer = await drawLayer({ layer: { x: 0, y: 0, width, height }, shapes: '', texts }, 1);
  return sharp({ create: { width, height, channels: 3, background: colours.paper } })
    .composite([
      ...(await Promise.all([...wide.places, ...small.places].map(shrunk))),
      {
        input: layer.pixels,
        raw: { width: layer.width, height: layer.height, channels: 4 },
        premultiplied: true,
        left: 0,
        top: 0,
      },
    ])
    .jpeg({ quality: 90, chromaSubsampling: '4:4:4' })
    .toBuffer();
}

function gridOf(designs: readonly DrawnDesign[], columns: number, top: number, tile: typeof large) {
  const [across, down] = [tile.width + tile.gap, tile.label + tile.height + tile.gap];
  const places = designs.map((design, index): Place => {
    const x = margin + (index % columns) * across;
    const y = top + tile.label + Math.floor(index / columns) * down;
    return { design, x, y, width: tile.width, height: tile.height };
  });
  return { places, bottom: top + Math.ceil(designs.length / columns) * down - tile.gap };
}

async function shrunk({ design, x, y, width, height }: Place) {
  const { data, info } = await sharp(design.jpeg)
    .resize(width, height, { fit: 'fill', kernel: 'lanczos3' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { input: data, raw: { width: info.width, height: info.height, channels: info.channels }, left: x, top: y };
}
