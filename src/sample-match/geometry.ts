/** Metres: x to the right, y away from the camera, z up. The court's near baseline is at y = 0, its middle at x = 0. */
export type Vector = readonly [x: number, y: number, z: number];

export const add = (a: Vector, b: Vector): Vector => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
export const subtract = (a: Vector, b: Vector): Vector => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
export const times = (a: Vector, factor: number): Vector => [a[0] * factor, a[1] * factor, a[2] * factor];
export const length = (a: Vector): number => Math.hypot(a[0], a[1], a[2]);
export const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
export const unit = (a: Vector): Vector => times(a, 1 / (length(a) || 1));
export const between = (a: Vector, b: Vector, part: number): Vector => [
  a[0] + (b[0] - a[0]) * part,
  a[1] + (b[1] - a[1]) * part,
  a[2] + (b[2] - a[2]) * part,
];

/** Turns a vector about the vertical, counter-clockwise seen from above, by an angle in radians. */
export function turn([x, y, z]: Vector, angle: number): Vector {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return [x * cos - y * sin, x * sin + y * cos, z];
}

/** Limits a value to 0..1. */
export const clamp01 = (value: number): number => Math.min(1, Math.max(0, value));

/** 0 before `from`, 1 after `to`, and a smooth S-curve between them. */
export function smoothStep(from: number, to: number, value: number): number {
  const part = clamp01((value - from) / (to - from));
  return part * part * (3 - 2 * part);
}

export interface Camera {
  position: Vector;
  /** Radians below the horizontal. */
  pitch: number;
  /** Pixels. */
  focalLength: number;
  width: number;
  height: number;
}

/** Where a point is seen: pixels, and pixels per metre at its distance. */
export interface Seen {
  x: number;
  y: number;
  scale: number;
}

/** A phone on a high tripod behind the near baseline, a little off the middle. */
export function tripodCamera(width: number, height: number): Camera {
  const focalLength = Math.max(width * 0.84, height * 1.1);
  return { position: [0.5, -3.9, 2.45], pitch: 0.185, focalLength, width, height };
}

export function project(camera: Camera, point: Vector): Seen {
  const [x, y, z] = subtract(point, camera.position);
  const [cos, sin] = [Math.cos(camera.pitch), Math.sin(camera.pitch)];
  const scale = camera.focalLength / Math.max(0.2, y * cos - z * sin);
  return { x: camera.width / 2 + x * scale, y: camera.height / 2 - (y * sin + z * cos) * scale, scale };
}

/** The direction in which the camera sees a pixel. */
export function rayThrough(camera: Camera, x: number, y: number): Vector {
  const [cos, sin] = [Math.cos(camera.pitch), Math.sin(camera.pitch)];
  const across = (x - camera.width / 2) / camera.focalLength;
  const up = (camera.height / 2 - y) / camera.focalLength;
  return unit([across, cos + up * sin, up * cos - sin]);
}
