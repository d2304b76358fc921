import { Canvas, type Rgb } from './canvas.ts';
import { type Camera, clamp01, rayThrough, smoothStep, times, type Vector } from './geometry.ts';
import { randomNumbers } from './random.ts';

/** Court measures in metres (BWF Laws of Badminton, Law 1, diagram A). */
export const court = { halfWidth: 3.05, length: 13.4, net: 6.7, netHeight: 1.54 };

const room = { left: -7.6, right: 11.5, back: 18.4, ceiling: 7.2 };
const neighbour = 7.7;
const lineWidth = 0.04;

/** The empty hall as the camera sees it: every pixel follows its line of sight, and the floor reflects a little. */
export function drawHall(camera: Camera, seed: number): Canvas {
  const canvas = new Canvas(camera.width, camera.height);
  const random = randomNumbers(seed);
  const samples = [0.25, 0.75];
  for (let y = 0; y < camera.height; y += 1) {
    for (let x = 0; x < camera.width; x += 1) {
      let [red, green, blue] = [0, 0, 0];
      for (const down of samples) {
        for (const across of samples) {
          const jitter = random();
          const colour = look(camera, camera.position, rayThrough(camera, x + across, y + down), jitter, true);
          red += colour[0];
          green += colour[1];
          blue += colour[2];
        }
      }
      const edge = Math.hypot(x / camera.width - 0.5, y / camera.height - 0.5);
      const light = 1.1 - 0.46 * edge * edge;
      canvas.data.set([(red / 4) * light, (green / 4) * light, (blue / 4) * light], (y * camera.width + x) * 3);
    }
  }
  return canvas;
}

/** The colour a line of sight ends on. */
function look(camera: Camera, from: Vector, direction: Vector, jitter: number, mirrors: boolean): Rgb {
  const [right, ahead, up] = direction;
  const toLevel = up < 0 ? -from[2] / up : (room.ceiling - from[2]) / up;
  const toBack = ahead > 0 ? (room.back - from[1]) / ahead : Number.POSITIVE_INFINITY;
  const toSide = ((right < 0 ? room.left : room.right) - from[0]) / right;
  const distance = Math.min(toLevel, toBack, toSide);
  const point: Vector = [from[0] + right * distance, from[1] + ahead * distance, from[2] + up * distance];
  if (distance === toBack) return wall(point[0], point[2], 1);
  if (distance === toSide) return wall(point[1], point[2], 0.88);
  if (up > 0) return ceiling(point);

  const pixelSize = (distance * distance) / camera.focalLength / camera.position[2] / 2;
  const own = floor(point, Math.min(0.25, pixelSize), distance / camera.focalLength / 2);
  if (!mirrors) return own;
  // A little disorder in the reflected direction makes varnish look like varnish.
  const mirrored: Vector = [right + (jitter - 0.5) * 0.03, ahead, -up * (0.9 + jitter * 0.2)];
  return mix(own, look(camera, point, mirrored, jitter, false), 0.06 + 0.32 * (1 + up) ** 6);
}

const varnish: Rgb = [152, 121, 88];
const matOutside: Rgb = [30, 98, 84];
const matInside: Rgb = [36, 116, 92];
const paint: Rgb = [238, 244, 238];

function floor([x, y]: Vector, pixelAlong: number, pixelAcross: number): Rgb {
  const light = 0.86 + 0.2 * Math.exp(-(((x - 0.5) / 5) ** 2)) - 0.01 * Math.abs(y - 7);
  const middle = x > neighbour / 2 ? neighbour : 0;
  const across = Math.abs(x - middle);
  const along = Math.abs(y - court.net);
  const onMat = cover(across, 0, 3.75, pixelAcross) * cover(along, 0, 7.6, pixelAlong);
  if (onMat > 0.999) {
    const mat = across < court.halfWidth && along < court.net ? matInside : matOutside;
    return mix(mat, paint, 0.92 * lines(across, along, pixelAlong, pixelAcross), light);
  }
  const board = Math.floor(x / 0.14);
  const grain = 0.965 + 0.05 * (((board * 7919) % 13) / 13) + 0.012 * Math.sin(y * 3 + board * 2.1);
  return mix(varnish, matOutside, onMat, light * grain);
}

/** How much of a pixel the white lines cover; `along` and `across` are distances from the net and the court's middle. */
function lines(across: number, along: number, pixelAlong: number, pixelAcross: number): number {
  const half = lineWidth / 2;
  const inLength = cover(along, 0, court.net, pixelAlong);
  const inWidth = cover(across, 0, court.halfWidth, pixelAcross);
  const outer = Math.max(strip(across, court.halfWidth - half, pixelAcross), strip(across, 2.59, pixelAcross));
  const middle = strip(across, 0, pixelAcross) * cover(along, 1.98, court.net, pixelAlong);
  const level = Math.max(
    strip(along, court.net - half, pixelAlong),
    strip(along, court.net - 0.76, pixelAlong),
    strip(along, 1.98, pixelAlong),
  );
  return Math.max(middle, outer * inLength, level * inWidth);
}

/** How much of a pixel a line around a value covers. */
const strip = (value: number, at: number, pixel: number) => cover(value, at - lineWidth / 2, at + lineWidth / 2, pixel);

/** The fraction of a pixel of a given size that is between two values. */
function cover(value: number, from: number, to: number, pixel: number): number {
  const low = Math.max(value - pixel / 2, from <= 0 ? -1e9 : from);
  const high = Math.min(value + pixel / 2, to);
  return clamp01((high - low) / pixel);
}

function ceiling([x, y]: Vector): Rgb {
  const isBeam = Math.abs(((y + 40) % 3.4) - 1.7) < 0.16;
  const base: Rgb = isBeam ? [92, 96, 100] : [124, 128, 130];
  const lamp = [-4.6, 3.85, 12].some((at) => Math.abs(x - at) < 0.22) && (y + 40) % 3.4 > 0.5 && (y + 40) % 3.4 < 2.9;
  return lamp ? [255, 254, 244] : (times(base, 0.72 + 0.2 * smoothStep(-6, 18, y)) as Rgb);
}

/** A wall: padding, plaster and a band of windows under the roof; `along` in metres. */
function wall(along: number, z: number, light: number): Rgb {
  const fade = light * (0.8 + 0.03 * z);
  if (z < 0.12) return times([58, 50, 44], fade) as Rgb;
  if (z < 1.9) {
    const seam = Math.abs(((along + 40) % 1.5) - 0.75) > 0.735 || Math.abs(z - 1.88) < 0.03;
    return times([38, 66, 106], fade * (seam ? 0.72 : 1)) as Rgb;
  }
  if (z > 3.7 && z < 5.1) {
    const frame = Math.abs(((along + 40) % 2.2) - 1.1) > 1.02 || Math.abs(z - 4.4) < 0.04 || z < 3.78 || z > 5.02;
    return frame ? (times([88, 92, 94], fade) as Rgb) : mix([184, 208, 222], [232, 240, 244], clamp01((z - 3.7) / 1.4));
  }
  const seam = Math.abs(((along + 40) % 3) - 1.5) > 1.485;
  return times([176, 174, 164], fade * (seam ? 0.85 : 1)) as Rgb;
}

function mix(a: Rgb, b: Rgb, part: number, light = 1): Rgb {
  const own = (1 - part) * light;
  const other = part * light;
  return [a[0] * own + b[0] * other, a[1] * own + b[1] * other, a[2] * own + b[2] * other];
}
