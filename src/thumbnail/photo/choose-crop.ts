import type { PixelBox } from './read-photo.ts';
import type { Saliency } from './saliency.ts';

/** As shares of a crop's width and height. */
export interface Margins {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface CropWish {
  /** Size of the whole photo in pixels. */
  readonly photo: { readonly width: number; readonly height: number };
  /** Size in pixels at which the crop will be shown. */
  readonly shown: { readonly width: number; readonly height: number };
  /** Where something is drawn over the crop: along its borders, and elsewhere, as shares of its width and height. */
  readonly covered: Margins;
  readonly hidden?: readonly PixelBox[];
}

/** How much tighter than the widest crop one may go, best first, and how much of the action must stay in it. */
const zooms = [1.34, 1.24, 1.16, 1.08, 1];
const keptAction = 0.9;
/** A crop is not shown larger than this, as shown pixels per photo pixel, unless the whole photo is small. */
export const mostEnlarged = 1.1;
/** Action this close to a border counts as cut: an arm or a racket reaches further than the part that stands out. */
const borders: Margins = { left: 0.04, top: 0.13, right: 0.05, bottom: 0.05 };
const steps = 24;

/**
 * The part of the photo that holds the most action, uncut; the tightest such part.
 * @returns whole pixels inside the photo, of the shown part's proportions
 */
export function chooseCrop(saliency: Saliency, wish: CropWish): PixelBox {
  const sum = summedTable(saliency);
  const { photo, shown } = wish;
  const widest = Math.min(photo.width / shown.width, photo.height / shown.height);
  const allowed = zooms.filter((zoom) => zoom === 1 || (widest / zoom) * mostEnlarged >= 1);
  const bestAt = (zoom: number) => {
    const width = (shown.width * widest) / zoom;
    const height = (shown.height * widest) / zoom;
    return bestPlace(sum, saliency, wish, width, height);
  };
  const whole = bestAt(1);
  const places = allowed.map((zoom) => (zoom === 1 ? whole : bestAt(zoom)));
  const total = sum(0, 0, 1, 1);
  const near = places.find((place) => total > 0 && place.action > 0 && place.action >= whole.action * keptAction);
  return toPixels((near ?? whole).box, photo);
}

interface Place {
  readonly box: PixelBox;
  readonly action: number;
}

function bestPlace(sum: Sum, { weight }: Saliency, wish: CropWish, width: number, height: number): Place {
  const { photo, covered, hidden = [] } = wish;
  const [w, h] = [width / photo.width, height / photo.height];
  const total = sum(0, 0, 1, 1);
  // If nothing stands out the middle is best, or slightly above it for heads.
  const scale = total > 0 ? total : weight.length;
  let best: Place | undefined;
  let bestScore = Number.NEGATIVE_INFINITY;
  for (let column = 0; column <= steps; column += 1) {
    for (let row = 0; row <= steps; row += 1) {
      const [x, y] = [((1 - w) * column) / steps, ((1 - h) * row) / steps];
      const all = sum(x, y, x + w, y + h);
      const clear = sum(
        x + w * (covered.left + borders.left),
        y + h * (covered.top + borders.top),
        x + w * (1 - covered.right - borders.right),
        y + h * (1 - covered.bottom - borders.bottom),
      );
      const under = hidden.reduce(
        (total, part) =>
          total + sum(x + w * part.x, y + h * part.y, x + w * (part.x + part.width), y + h * (part.y + part.height)),
        0,
      );
      const action = clear - (all - clear) - 2 * under;
      const centre = [x + (w * (1 + covered.left - covered.right)) / 2, y + h / 2] as const;
      const offCentre = (centre[0] - 0.5) ** 2 + 2 * (centre[1] - 0.47) ** 2;
      const lopsided = Math.abs(sum(x, y, centre[0], y + h) - sum(centre[0], y, x + w, y + h));
      const score = action - 0.12 * lopsided - 0.25 * scale * offCentre;
      if (score > bestScore) {
        bestScore = score;
        best = { box: { x: x * photo.width, y: y * photo.height, width, height }, action };
      }
    }
  }
  return best as Place;
}

/** Sum of the weights in a rectangle given by its corners, in shares of the photo. */
type Sum = (left: number, top: number, right: number, bottom: number) => number;

function summedTable({ width, height, weight }: Saliency): Sum {
  const table = new Float64Array((width + 1) * (height + 1));
  const at = (x: number, y: number) => table[y * (width + 1) + x] ?? 0;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const here = (weight[y * width + x] ?? 0) + at(x, y + 1) + at(x + 1, y) - at(x, y);
      table[(y + 1) * (width + 1) + x + 1] = here;
    }
  }
  return (left, top, right, bottom) => {
    const [x0, x1] = [Math.round(left * width), Math.round(right * width)];
    const [y0, y1] = [Math.round(top * height), Math.round(bottom * height)];
    return at(x1, y1) - at(x0, y1) - at(x1, y0) + at(x0, y0);
  };
}

/**
 * The crop a person gave, adjusted to the shown proportions: widened to hold all of it where the photo allows, else
 * trimmed evenly.
 * @param wanted as shares of the photo's width and height
 */
export function personsCrop(wanted: PixelBox, { photo, shown }: CropWish): PixelBox {
  const aspect = shown.width / shown.height;
  const [asked, high] = [wanted.width * photo.width, wanted.height * photo.height];
  const height = Math.min(Math.max(high, asked / aspect), photo.height, photo.width / aspect);
  const width = height * aspect;
  const centre = [(wanted.x + wanted.width / 2) * photo.width, (wanted.y + wanted.height / 2) * photo.height] as const;
  const inside = (start: number, length: number, whole: number) => Math.max(0, Math.min(start, whole - length));
  const x = inside(centre[0] - width / 2, width, photo.width);
  return toPixels({ x, y: inside(centre[1] - height / 2, height, photo.height), width, height }, photo);
}

/** On whole pixels of the photo. */
export function toPixels(box: PixelBox, photo: CropWish['photo']): PixelBox {
  const width = Math.max(1, Math.min(photo.width, Math.round(box.width)));
  const height = Math.max(1, Math.min(photo.height, Math.round(box.height)));
  return {
    x: Math.min(Math.round(box.x), photo.width - width),
    y: Math.min(Math.round(box.y), photo.height - height),
    width,
    height,
  };
}
