import type { Canvas, Rgb } from './canvas.ts';
import { add, type Camera, project, rayThrough, times } from './geometry.ts';
import { court } from './hall.ts';

const tape: Rgb = [232, 234, 230];
const mesh: Rgb = [22, 28, 30];
const post: Rgb = [52, 56, 60];
const materials = [tape, mesh, post];

/** Draws a court's net over anyone behind it. */
export type DrawNet = (canvas: Canvas) => void;

/** Computes once which pixels the net covers and how much; `centre` is the middle of the court in metres. */
export function prepareNet(camera: Camera, centre: number): DrawNet {
  const reach = court.halfWidth + 0.1;
  const corners = [-reach, reach].flatMap((x) => [0, 1.7].map((z) => project(camera, [centre + x, court.net, z])));
  const xs = corners.map((corner) => corner.x);
  const ys = corners.map((corner) => corner.y);
  const inside = (value: number, size: number) => Math.round(Math.min(size, Math.max(0, value)));
  const pixels: number[] = [];
  for (let y = inside(Math.min(...ys), camera.height); y < inside(Math.max(...ys), camera.height); y += 1) {
    for (let x = inside(Math.min(...xs), camera.width); x < inside(Math.max(...xs), camera.width); x += 1) {
      const offset = (y * camera.width + x) * 3;
      for (const [colour, opacity] of netAt(camera, centre, x, y)) {
        if (opacity > 0.01) pixels.push(offset, materials.indexOf(colour), opacity);
      }
    }
  }
  // Flat numbers: tens of thousands of small objects would keep the garbage collector busy.
  const flat = Float64Array.from(pixels);
  return (canvas) => {
    for (let i = 0; i < flat.length; i += 3) {
      const colour = materials[flat[i + 1] as number] ?? mesh;
      canvas.blend(flat[i] as number, colour, 1, flat[i + 2] as number);
    }
  };
}

function netAt(camera: Camera, centre: number, column: number, row: number): [Rgb, number][] {
  const covers = { mesh: 0, tape: 0, post: 0 };
  const samples = [0.25, 0.75];
  for (const down of samples) {
    for (const right of samples) {
      const direction = rayThrough(camera, column + right, row + down);
      const distance = (court.net - camera.position[1]) / direction[1];
      const [worldX, , z] = add(camera.position, times(direction, distance));
      const x = worldX - centre;
      const top = court.netHeight - 0.03 * Math.cos((x / court.halfWidth) * (Math.PI / 2));
      if (Math.abs(Math.abs(x) - court.halfWidth) < 0.03 && z > 0 && z < 1.56) covers.post += 1;
      else if (Math.abs(x) < court.halfWidth && z < top && z > top - 0.075) covers.tape += 1;
      else if (Math.abs(x) < court.halfWidth && z < top && z > 0.76) covers.mesh += 1;
    }
  }
  const share = (count: number, opacity: number) => (count / samples.length ** 2) * opacity;
  return [
    [mesh, share(covers.mesh, 0.27)],
    [tape, share(covers.tape, 0.95)],
    [post, share(covers.post, 1)],
  ];
}
