import type { JointName, Person } from '../../pose/index.ts';

/**
 * How the players of one frame stand, each measure the mean over the four largest, weighted by height and by the
 * model's confidence. A rally spreads legs, bends knees and leans bodies; a pause does not.
 */
export interface Posture {
  /** Distance of the feet across the picture, in torso lengths. */
  readonly stance: number;
  /** How far the torso leans from vertical, radians. */
  readonly lean: number;
  /** How far the knees are bent, radians, 0 for straight legs. */
  readonly knees: number;
  /** How far the higher wrist is above the shoulders, in torso lengths; below is negative. */
  readonly reach: number;
}

export const measures = ['stance', 'lean', 'knees', 'reach'] as const;
export type Measure = (typeof measures)[number];

/** Singles have two players and doubles four; more people than that are not in the match. */
const players = 4;

/** What a body can do; a joint found in the wrong place gives more. */
const possible: Readonly<Record<Measure, readonly [number, number]>> = {
  stance: [0, 2.5],
  lean: [0, 1],
  knees: [0, 1.5],
  reach: [-2, 2],
};

/** The players among the people found, largest first. */
export function playersOf(people: readonly Person[]): Person[] {
  return people.toSorted((a, b) => b.box.height - a.box.height).slice(0, players);
}

/** How much of the smaller of the two largest players is inside the other's box, 0 to 1: one hides the other. */
export function overlapOf(people: readonly Person[]): number {
  const [a, b] = playersOf(people).map(({ box }) => box);
  if (!a || !b) return 0;
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  const smaller = Math.min(a.width * a.height, b.width * b.height);
  return width > 0 && height > 0 && smaller > 0 ? (width * height) / smaller : 0;
}

/** Undefined if nobody was found. */
export function postureOf(people: readonly Person[]): Posture | undefined {
  const all = playersOf(people).map((person) => ({ weight: person.box.height * person.confidence, ...bodyOf(person) }));
  const weights = all.reduce((sum, { weight }) => sum + weight, 0);
  if (!(weights > 0)) return undefined;
  const mean = (measure: Measure) => {
    const within = (value: number) => Math.min(possible[measure][1], Math.max(possible[measure][0], value));
    // Clamped once more: rounding takes the mean of equal values slightly beyond them.
    return within(all.reduce((sum, one) => sum + one.weight * within(one[measure]), 0) / weights);
  };
  return { stance: mean('stance'), lean: mean('lean'), knees: mean('knees'), reach: mean('reach') };
}

interface Point {
  readonly x: number;
  readonly y: number;
}

export function bodyOf({ joints }: Person): Posture {
  const shoulders = middle(joints.leftShoulder, joints.rightShoulder);
  const hips = middle(joints.leftHip, joints.rightHip);
  const torso = Math.max(1, Math.hypot(shoulders.x - hips.x, shoulders.y - hips.y));
  const bend = (hip: JointName, knee: JointName, ankle: JointName) =>
    Math.PI - angle(joints[hip], joints[knee], joints[ankle]);
  return {
    stance: Math.abs(joints.leftAnkle.x - joints.rightAnkle.x) / torso,
    lean: Math.atan2(Math.abs(shoulders.x - hips.x), Math.max(1, hips.y - shoulders.y)),
    knees: (bend('leftHip', 'leftKnee', 'leftAnkle') + bend('rightHip', 'rightKnee', 'rightAnkle')) / 2,
    reach: (shoulders.y - Math.min(joints.leftWrist.y, joints.rightWrist.y)) / torso,
  };
}

const middle = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });

/** The angle at `b` between `a` and `c`, radians. */
function angle(a: Point, b: Point, c: Point): number {
  const [ax, ay, cx, cy] = [a.x - b.x, a.y - b.y, c.x - b.x, c.y - b.y];
  const lengths = Math.hypot(ax, ay) * Math.hypot(cx, cy);
  return lengths > 0 ? Math.acos(Math.min(1, Math.max(-1, (ax * cx + ay * cy) / lengths))) : Math.PI;
}
