import sharp from 'sharp';
import { drawLayer } from '../thumbnail/draw-layer.ts';
import { activityHeight, drawActivity } from './draw-activity.ts';
import { drawCandidates, type SheetPicture } from './draw-candidates.ts';
import { type DrawnSheet, together } from './drawn.ts';
import type { Sheet } from './sheet.ts';
import { clock, colours, gap, innerWidth, margin, sheetWidth } from './style.ts';
import { type Pen, wrap, write } from './write.ts';

const headHeight = 104;
const note: Pen = { size: 18, colour: colours.pick };
const noteHeight = 28;

/** Draws a contact sheet, 1600 pixels wide. Returns a JPEG. */
export async function drawSheet(sheet: Sheet): Promise<Buffer> {
  const notes = sheet.notes.flatMap((text) => wrap(text, innerWidth, 3, note));
  const candidates = drawCandidates(sheet, headHeight + notes.length * noteHeight);
  const height = candidates.bottom + gap + activityHeight + margin;
  const { shapes, texts } = together([
    drawHead(sheet, notes),
    candidates,
    drawActivity(sheet, candidates.bottom + gap),
  ]);
  const layer = { x: 0, y: 0, width: sheetWidth, height };
  const above = await drawLayer({ layer, shapes: shapes.join(''), texts }, 1);
  return sharp({ create: { width: sheetWidth, height, channels: 3, background: colours.paper } })
    .composite([
      ...(await Promise.all(candidates.pictures.map(fitted))),
      {
        input: above.pixels,
        raw: { width: above.width, height: above.height, channels: 4 },
        premultiplied: true,
        left: 0,
        top: 0,
      },
    ])
    .jpeg({ quality: 88, chromaSubsampling: '4:4:4' })
    .toBuffer();
}

function drawHead({ title, curve, candidates }: Sheet, notes: readonly string[]): DrawnSheet {
  const heading: Pen = { size: 34, colour: colours.text, role: 'title' };
  const [name = ''] = wrap(title, innerWidth, 1, heading);
  const count = candidates.length === 1 ? '1 candidate' : `${candidates.length} candidates`;
  const facts = `${count}, best first   ·   ${clock(curve.at(-1)?.time ?? 0)} examined`;
  return {
    shapes: [],
    texts: [
      ...write(name, margin, 56, heading),
      ...write(facts, margin, 86, { size: 18, colour: colours.muted }),
      ...notes.flatMap((line, nth) => write(line, margin, headHeight + 12 + nth * noteHeight, note)),
    ],
  };
}

/** A picture of any shape in its place, whole. */
async function fitted({ file, x, y, width, height }: SheetPicture) {
  const input = await sharp(file).resize(width, height, { fit: 'contain', background: colours.panel }).toBuffer();
  return { input, left: x, top: y };
}
