import { clamp01 } from './geometry.ts';

export type Rgb = readonly [red: number, green: number, blue: number];

/** One end of a limb: pixels. */
export interface End {
  x: number;
  y: number;
  radius: number;
}

export interface Stroke {
  colour: Rgb;
  /** Width in pixels over which the edge fades; 1 is a sharp, smooth edge. */
  softness?: number;
  opacity?: number;
  /** How round the shape looks, 0 (flat) to 1. */
  roundness?: number;
}

/** Where the light comes from in the picture: above, slightly from the left. */
const light = { x: -0.35, y: -0.94 };

/** An RGB picture, `height × width × 3` bytes, drawn on by signed distance: every edge is smooth. */
export class Canvas {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;

  constructor(width: number, height: number, data = new Uint8ClampedArray(width * height * 3)) {
    this.width = width;
    this.height = height;
    this.data = data;
  }

  blend(pixel: number, [red, green, blue]: Rgb, shade: number, opacity: number): void {
    const { data } = this;
    const rest = 1 - opacity;
    data[pixel] = (data[pixel] as number) * rest + red * shade * opacity;
    data[pixel + 1] = (data[pixel + 1] as number) * rest + green * shade * opacity;
    data[pixel + 2] = (data[pixel + 2] as number) * rest + blue * shade * opacity;
  }

  /** A limb: two circles and everything between them. */
  limb(a: End, b: End, { colour, softness = 1, opacity = 1, roundness = 0.5 }: Stroke): void {
    const [alongX, alongY] = [b.x - a.x, b.y - a.y];
    const squared = alongX * alongX + alongY * alongY || 1e-6;
    const reach = Math.max(a.radius, b.radius) + softness;
    const [top, bottom] = this.#rows(Math.min(a.y, b.y) - reach, Math.max(a.y, b.y) + reach);
    const level = Math.abs(alongY) < 1e-3;
    for (let y = top; y < bottom; y += 1) {
      // Only the stretch of the axis within reach of this row can cover any of it.
      const first = level ? a.x : a.x + alongX * clamp01((y - reach - a.y) / alongY);
      const last = level ? b.x : a.x + alongX * clamp01((y + 1 + reach - a.y) / alongY);
      const left = Math.max(0, Math.floor(Math.min(first, last) - reach));
      const right = Math.min(this.width, Math.ceil(Math.max(first, last) + reach));
      const fromY = y + 0.5 - a.y;
      for (let x = left; x < right; x += 1) {
        const fromX = x + 0.5 - a.x;
        const part = clamp01((fromX * alongX + fromY * alongY) / squared);
        const radius = a.radius + (b.radius - a.radius) * part;
        const outX = fromX - alongX * part;
        const outY = fromY - alongY * part;
        const cover = (radius - Math.sqrt(outX * outX + outY * outY)) / softness + 0.5;
        if (cover <= 0) continue;
        const shade = roundness === 0 ? 1 : shadeOf(outX / radius, outY / radius, roundness);
        this.blend((y * this.width + x) * 3, colour, shade, cover >= 1 ? opacity : cover * opacity);
      }
    }
  }

  /** A convex or concave polygon whose corners are rounded by `radius` pixels, lit as an upright body. */
  polygon(
    points: readonly { x: number; y: number }[],
    radius: number,
    { colour, opacity = 1, roundness = 0.5 }: Stroke,
  ): void {
    const xs = points.map((point) => point.x);
    const ys = points.map((point) => point.y);
    const [left, right] = this.#columns(Math.min(...xs) - radius - 1, Math.max(...xs) + radius + 1);
    const [top, bottom] = this.#rows(Math.min(...ys) - radius - 1, Math.max(...ys) + radius + 1);
    const middle = (Math.min(...xs) + Math.max(...xs)) / 2;
    const half = (Math.max(...xs) - Math.min(...xs)) / 2 + radius;
    const [high, tall] = [Math.min(...ys), Math.max(...ys) - Math.min(...ys) || 1];
    for (let y = top; y < bottom; y += 1) {
      for (let x = left; x < right; x += 1) {
        const cover = radius - signedDistance(xs, ys, x + 0.5, y + 0.5) + 0.5;
        if (cover <= 0) continue;
        const shade = shadeOf((x - middle) / half, ((y - high) / tall) * 0.9 - 0.3, roundness);
        this.blend((y * this.width + x) * 3, colour, shade, cover >= 1 ? opacity : cover * opacity);
      }
    }
  }

  /** A soft dark spot, darkest in the middle. */
  shadow(x: number, y: number, radiusX: number, radiusY: number, strength: number): void {
    const [left, right] = this.#columns(x - radiusX, x + radiusX);
    const [top, bottom] = this.#rows(y - radiusY, y + radiusY);
    for (let row = top; row < bottom; row += 1) {
      for (let column = left; column < right; column += 1) {
        const outX = (column + 0.5 - x) / radiusX;
        const outY = (row + 0.5 - y) / radiusY;
        const inside = 1 - outX * outX - outY * outY;
        if (inside > 0) this.blend((row * this.width + column) * 3, [8, 14, 16], 1, inside * inside * strength);
      }
    }
  }

  #columns(from: number, to: number): [number, number] {
    return [Math.max(0, Math.floor(from)), Math.min(this.width, Math.ceil(to))];
  }

  #rows(from: number, to: number): [number, number] {
    return [Math.max(0, Math.floor(from)), Math.min(this.height, Math.ceil(to))];
  }
}

/** Brightness of a round body at a place in -1..1 from its axis. */
function shadeOf(outX: number, outY: number, roundness: number): number {
  const facing = Math.sqrt(Math.max(0, 1 - outX * outX - outY * outY));
  const lit = outX * light.x + outY * light.y;
  return 1 + roundness * (0.3 * lit + 0.45 * (facing - 0.75));
}

/** Distance of a point to a polygon, negative inside (the exact form by Inigo Quilez, "2D distance functions"). */
function signedDistance(xs: readonly number[], ys: readonly number[], x: number, y: number): number {
  let nearest = Number.POSITIVE_INFINITY;
  let inside = false;
  let xj = xs.at(-1) as number;
  let yj = ys.at(-1) as number;
  for (let i = 0; i < xs.length; i += 1) {
    const xi = xs[i] as number;
    const yi = ys[i] as number;
    const edgeX = xj - xi;
    const edgeY = yj - yi;
    const fromX = x - xi;
    const fromY = y - yi;
    const part = clamp01((fromX * edgeX + fromY * edgeY) / (edgeX * edgeX + edgeY * edgeY || 1e-6));
    const outX = fromX - edgeX * part;
    const outY = fromY - edgeY * part;
    nearest = Math.min(nearest, outX * outX + outY * outY);
    // A horizontal ray from the point to the right crosses the edges of a polygon around it an odd number of times.
    if (yi > y !== yj > y && fromX < (edgeX * fromY) / edgeY) inside = !inside;
    xj = xi;
    yj = yi;
  }
  return inside ? -Math.sqrt(nearest) : Math.sqrt(nearest);
}
