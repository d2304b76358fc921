import { compose } from './compose.ts';
import { drawLayer } from './draw-layer.ts';
import { encodeJpeg } from './encode-jpeg.ts';
import { layOut, type Warn } from './lay-out.ts';
import { createMemory } from './memory.ts';
import { type Size, sizeFor } from './output-size.ts';
import { type FramedPhoto, framePhoto, openPhoto } from './photo/finish-photo.ts';
import { checkRequest, type Thumbnail, type ThumbnailRequest } from './request.ts';
import { designHeight } from './scale.ts';
import type { Drawing } from './templates/template.ts';

/**
 * Draws a match's thumbnail: a baseline sRGB JPEG without metadata, of at most `mostBytes`. The same request with the
 * same files gives the same bytes, whatever the memory holds.
 * @throws StageError METADATA_INVALID, TEMPLATE_UNKNOWN (of a theme too), DESIGN_INVALID or PICTURE_UNREADABLE
 */
export async function renderThumbnail(request: ThumbnailRequest, memory = createMemory()): Promise<Thumbnail> {
  const checked = checkRequest(request);
  const warnings = new Set<string>();
  const warn: Warn = (sentence) => warnings.add(sentence);
  // The photo is decoded on another thread while the design is laid out here.
  const opened = await openPhoto(checked.photo, memory);
  const { drawing, template, theme } = await layOut(checked, memory, warn);
  const framing = framePhoto(opened, checked, drawing, memory);
  const size = checked.size === 'auto' ? sizeFor((await framing).box, drawing.photo) : checked.size;
  // In parallel: the design is drawn and the photo graded on different threads.
  const [picture, layer] = await Promise.all([
    finishIn(drawing, size, framing, warn),
    drawLayer(drawing, size.height / designHeight),
  ]);
  const jpeg = await encodeJpeg(compose(picture.pixels, picture.at, layer, size), checked.mostBytes);
  const { crop } = await framing;
  return { jpeg, ...size, template, theme, crop, warnings: [...warnings] };
}

/** The photo for its place in the design, in pixels of the finished picture. */
async function finishIn({ photo: place }: Drawing, size: Size, framing: Promise<FramedPhoto>, warn: Warn) {
  const scale = size.height / designHeight;
  const left = Math.floor(place.x * scale);
  const top = Math.floor(place.y * scale);
  const width = Math.min(size.width, Math.ceil((place.x + place.width) * scale)) - left;
  const height = Math.min(size.height, Math.ceil((place.y + place.height) * scale)) - top;
  const { box, finish } = await framing;
  if (box.width * 2 < width) {
    warn(`The photo is small: ${box.width}×${box.height} of its pixels fill ${width}×${height}, so it looks soft.`);
  }
  return { pixels: await finish(width, height), at: { left, top } };
}
