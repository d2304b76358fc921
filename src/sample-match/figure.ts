import type { Canvas, End, Rgb, Stroke } from './canvas.ts';
import { add, between, type Camera, cross, length, project, subtract, times, unit, type Vector } from './geometry.ts';
import type { Joints, Side } from './skeleton.ts';

/** How a player looks. */
export interface Outfit {
  shirt: Rgb;
  shorts: Rgb;
  shoes: Rgb;
  socks: Rgb;
  skin: Rgb;
  hair: Rgb;
  longHair: boolean;
  racket: Rgb;
  tall: number;
}

interface Part {
  /** Metres from the camera; the farthest is drawn first. */
  distance: number;
  draw(): void;
}

/** Draws a player with racket and shadow. */
export function drawFigure(canvas: Canvas, camera: Camera, joints: Joints, outfit: Outfit, hasRacket = true): void {
  drawShadow(canvas, camera, joints);
  const parts: Part[] = [];
  const put = (at: Vector, draw: () => void) => parts.push({ distance: length(subtract(at, camera.position)), draw });
  const end = (at: Vector, metres: number): End => {
    const seen = project(camera, at);
    return { x: seen.x, y: seen.y, radius: metres * seen.scale * outfit.tall };
  };
  const limb = (a: Vector, radiusA: number, b: Vector, radiusB: number, stroke: Stroke, nearer = 0) => {
    const towards = times(unit(subtract(camera.position, a)), nearer);
    put(add(between(a, b, 0.5), towards), () => canvas.limb(end(a, radiusA), end(b, radiusB), stroke));
  };

  for (const side of [joints.left, joints.right]) {
    leg(limb, side, outfit);
    arm(limb, side, outfit);
  }
  put(between(joints.pelvis, joints.neck, 0.5), () => trunk(canvas, end, joints, outfit));
  head(limb, joints, outfit);
  if (hasRacket) put(add(joints.right.hand, times(joints.racket, 0.4)), () => racket(canvas, camera, joints, outfit));

  parts.sort((a, b) => b.distance - a.distance);
  for (const part of parts) part.draw();
}

type Limb = (a: Vector, radiusA: number, b: Vector, radiusB: number, stroke: Stroke, nearer?: number) => void;

function leg(limb: Limb, { hip, knee, ankle, toe }: Side, { skin, shorts, socks, shoes }: Outfit): void {
  limb(hip, 0.085, knee, 0.056, { colour: skin });
  limb(knee, 0.056, ankle, 0.036, { colour: skin });
  // The calf makes a shin look like a leg.
  const calf = between(knee, ankle, 0.3);
  limb(calf, 0.058, between(knee, ankle, 0.7), 0.042, { colour: skin }, 0.01);
  limb(between(knee, ankle, 0.66), 0.044, ankle, 0.04, { colour: socks }, 0.02);
  limb(hip, 0.108, between(hip, knee, 0.62), 0.094, { colour: shorts }, 0.03);
  const heel = add(ankle, [0, 0, -0.035]);
  limb(heel, 0.046, toe, 0.036, { colour: shoes }, 0.03);
}

function arm(limb: Limb, { shoulder, elbow, hand }: Side, { skin, shirt }: Outfit): void {
  limb(shoulder, 0.052, elbow, 0.042, { colour: skin });
  limb(elbow, 0.043, hand, 0.03, { colour: skin });
  limb(hand, 0.042, add(hand, times(unit(subtract(hand, elbow)), 0.05)), 0.036, { colour: skin }, 0.01);
  limb(shoulder, 0.072, between(shoulder, elbow, 0.62), 0.068, { colour: shirt }, 0.02);
}

function trunk(canvas: Canvas, end: (at: Vector, metres: number) => End, joints: Joints, outfit: Outfit): void {
  const { left, right, pelvis } = joints;
  const lower = (at: Vector) => add(at, [0, 0, -0.02]);
  const seat = [end(lower(left.hip), 0.1), end(lower(right.hip), 0.1)] as const;
  canvas.limb(seat[0], seat[1], { colour: outfit.shorts, roundness: 0.35 });
  const inset = (shoulder: Vector) => between(shoulder, joints.neck, 0.18);
  const waist = (hip: Vector) => add(between(hip, pelvis, -0.12), [0, 0, 0.04]);
  const corners = [inset(left.shoulder), inset(right.shoulder), waist(right.hip), waist(left.hip)];
  const points = corners.map((corner) => end(corner, 0.07));
  canvas.polygon(points, points[0]?.radius ?? 1, { colour: outfit.shirt, roundness: 0.6 });
}

function head(limb: Limb, { neck, head: middle, ahead }: Joints, { skin, hair, longHair }: Outfit): void {
  limb(add(neck, [0, 0, -0.05]), 0.052, middle, 0.048, { colour: skin });
  const back = times(ahead, -0.035);
  const front = add(middle, times(ahead, 0.022));
  limb(add(front, [0, 0, 0.035]), 0.09, add(front, [0, 0, -0.045]), 0.068, { colour: skin, roundness: 0.4 }, 0.02);
  const crown = add(add(middle, back), [0, 0, 0.045]);
  limb(crown, 0.104, add(add(middle, times(back, 1.2)), [0, 0, -0.015]), 0.092, { colour: hair, roundness: 0.7 }, 0.02);
  limb(add(middle, [0, 0, 0.085]), 0.08, add(front, [0, 0, 0.085]), 0.068, { colour: hair, roundness: 0.7 }, 0.06);
  if (!longHair) return;
  const knot = add(add(middle, times(ahead, -0.13)), [0, 0, 0.05]);
  limb(knot, 0.042, add(knot, add(times(ahead, -0.07), [0, 0, -0.2])), 0.022, { colour: hair }, 0.03);
}

function racket(canvas: Canvas, camera: Camera, { right, racket: along }: Joints, outfit: Outfit): void {
  const seen = (at: Vector, metres: number): End => {
    const point = project(camera, at);
    return { x: point.x, y: point.y, radius: Math.max(0.55, metres * point.scale) };
  };
  const at = (metres: number) => add(right.hand, times(along, metres));
  const across = unit(cross(along, unit(add(subtract(at(0), camera.position), [0.6, 0.3, 0.2]))));
  const rim = Array.from({ length: 20 }, (_, i) => {
    const angle = (i / 20) * Math.PI * 2;
    return seen(add(at(0.535 + Math.cos(angle) * 0.14), times(across, Math.sin(angle) * 0.115)), 0.007);
  });
  // Half the corners are enough for the strings: the rim hides their edge.
  canvas.polygon(
    rim.filter((_, i) => i % 2 === 0),
    0,
    { colour: [226, 230, 232], opacity: 0.3, roundness: 0 },
  );
  rim.forEach((from, i) => {
    canvas.limb(from, rim[(i + 1) % rim.length] ?? from, { colour: outfit.racket, roundness: 0 });
  });
  canvas.limb(seen(at(0.1), 0.008), seen(at(0.4), 0.007), { colour: [38, 40, 46], roundness: 0 });
  canvas.limb(seen(at(-0.06), 0.016), seen(at(0.12), 0.015), { colour: [32, 32, 36], roundness: 0.4 });
}

/** The lamps hang over both sides of the court: a wide soft shadow under the body and a dark one under each foot. */
function drawShadow(canvas: Canvas, camera: Camera, { pelvis, left, right }: Joints): void {
  const spot = (at: Vector, radius: number, strength: number) => {
    const seen = project(camera, [at[0], at[1], 0]);
    const flat = (camera.position[2] / (at[1] - camera.position[1])) * 0.95;
    canvas.shadow(seen.x, seen.y, radius * seen.scale, radius * seen.scale * flat, strength);
  };
  const height = Math.max(0, pelvis[2] - 0.9);
  const middle = between(between(left.ankle, right.ankle, 0.5), pelvis, 0.5);
  const spread = length(subtract(left.ankle, right.ankle)) / 2;
  spot(middle, 0.62 + spread * 0.5, 0.5 / (1 + height * 3));
  for (const { ankle, toe } of [left, right]) {
    const above = Math.max(0, ankle[2] - 0.09);
    spot(between(ankle, toe, 0.4), 0.2 + above, 0.75 / (1 + above * 9));
  }
}
