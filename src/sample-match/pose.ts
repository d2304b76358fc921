import { add, between, times, unit, type Vector } from './geometry.ts';

/**
 * A posture in the player's own coordinates, in metres: x to the player's right, y ahead, z up, the floor under the
 * body as origin. Knees and elbows follow from where the feet and hands are.
 */
export interface Pose {
  hip: Vector;
  /** Radians the trunk leans ahead and to the right. */
  lean: number;
  tilt: number;
  /** Radians the shoulders are turned to the left against the hips. */
  twist: number;
  leftFoot: Vector;
  rightFoot: Vector;
  /** Hands as seen from the base of the neck. */
  leftHand: Vector;
  rightHand: Vector;
  /** Where the racket points. */
  racket: Vector;
}

export type PoseName =
  | 'ready'
  | 'defend'
  | 'prepare'
  | 'smash'
  | 'follow'
  | 'lunge'
  | 'drive'
  | 'stand'
  | 'rest'
  | 'stoop';

export const poses: Record<PoseName, Pose> = {
  ready: {
    hip: [0, -0.05, 0.8],
    lean: 0.42,
    tilt: 0,
    twist: 0,
    leftFoot: [-0.3, 0.08, 0],
    rightFoot: [0.3, -0.04, 0],
    leftHand: [-0.34, 0.34, -0.2],
    rightHand: [0.28, 0.42, -0.16],
    racket: [-0.25, 0.55, 0.8],
  },
  defend: {
    hip: [0, -0.12, 0.68],
    lean: 0.62,
    tilt: 0,
    twist: -0.1,
    leftFoot: [-0.46, 0.05, 0],
    rightFoot: [0.46, 0, 0],
    leftHand: [-0.45, 0.2, -0.2],
    rightHand: [0.3, 0.5, -0.26],
    racket: [0.2, 0.85, 0.25],
  },
  prepare: {
    hip: [0.02, -0.12, 0.88],
    lean: -0.14,
    tilt: 0.12,
    twist: -1.0,
    leftFoot: [-0.2, 0.34, 0],
    rightFoot: [0.24, -0.36, 0],
    leftHand: [-0.16, 0.36, 0.42],
    rightHand: [0.42, -0.26, 0.16],
    racket: [-0.3, -0.35, 0.9],
  },
  smash: {
    hip: [0, 0.05, 0.98],
    lean: 0.1,
    tilt: -0.2,
    twist: 0.25,
    leftFoot: [-0.2, -0.28, 0.06],
    rightFoot: [0.24, 0.2, 0.1],
    leftHand: [-0.34, 0.12, -0.3],
    rightHand: [0.24, 0.22, 0.54],
    racket: [-0.12, 0.4, 0.95],
  },
  follow: {
    hip: [0, 0.16, 0.8],
    lean: 0.55,
    tilt: -0.1,
    twist: 0.7,
    leftFoot: [-0.16, -0.4, 0.02],
    rightFoot: [0.22, 0.5, 0],
    leftHand: [-0.4, -0.14, -0.2],
    rightHand: [-0.2, 0.46, -0.34],
    racket: [-0.6, 0.4, -0.6],
  },
  lunge: {
    hip: [0, 0.22, 0.6],
    lean: 0.5,
    tilt: 0.05,
    twist: 0.2,
    leftFoot: [-0.14, -0.62, 0.02],
    rightFoot: [0.16, 0.8, 0],
    leftHand: [-0.46, -0.34, -0.04],
    rightHand: [0.26, 0.6, 0.02],
    racket: [0.1, 0.9, 0.25],
  },
  drive: {
    hip: [-0.06, 0.06, 0.74],
    lean: 0.34,
    tilt: -0.22,
    twist: 0.75,
    leftFoot: [-0.56, 0.12, 0],
    rightFoot: [0.34, 0.02, 0],
    leftHand: [-0.4, -0.16, -0.26],
    rightHand: [-0.36, 0.42, 0.02],
    racket: [-0.85, 0.35, 0.35],
  },
  stand: {
    hip: [0, 0, 0.91],
    lean: 0.04,
    tilt: 0,
    twist: 0,
    leftFoot: [-0.13, 0, 0],
    rightFoot: [0.13, 0.02, 0],
    leftHand: [-0.27, 0.06, -0.56],
    rightHand: [0.27, 0.1, -0.55],
    racket: [0.1, 0.75, -0.6],
  },
  rest: {
    hip: [0.04, 0, 0.91],
    lean: 0.02,
    tilt: 0.05,
    twist: 0.15,
    leftFoot: [-0.17, 0.06, 0],
    rightFoot: [0.15, -0.02, 0],
    leftHand: [-0.24, 0.06, -0.36],
    rightHand: [0.28, 0.1, -0.54],
    racket: [0.25, 0.5, -0.8],
  },
  stoop: {
    hip: [0, -0.2, 0.66],
    lean: 1.15,
    tilt: 0.1,
    twist: 0.2,
    leftFoot: [-0.2, -0.12, 0],
    rightFoot: [0.18, 0.22, 0],
    leftHand: [-0.2, 0.12, -0.36],
    rightHand: [0.14, 0.2, -0.54],
    racket: [0.3, 0.7, -0.5],
  },
};

export function blendPoses(a: Pose, b: Pose, part: number): Pose {
  if (part <= 0) return a;
  if (part >= 1) return b;
  const number = (from: number, to: number) => from + (to - from) * part;
  return {
    hip: between(a.hip, b.hip, part),
    lean: number(a.lean, b.lean),
    tilt: number(a.tilt, b.tilt),
    twist: number(a.twist, b.twist),
    leftFoot: between(a.leftFoot, b.leftFoot, part),
    rightFoot: between(a.rightFoot, b.rightFoot, part),
    leftHand: between(a.leftHand, b.leftHand, part),
    rightHand: between(a.rightHand, b.rightHand, part),
    racket: unit(between(a.racket, b.racket, part)),
  };
}

/**
 * Adds steps to a pose: `cycle` in steps walked, `stride` metres a foot swings each way, `heading` in the player's
 * coordinates.
 */
export function stepping(pose: Pose, cycle: number, stride: number, heading: Vector): Pose {
  const phase = cycle * Math.PI;
  const foot = (own: Vector, at: number): Vector =>
    add(add(own, times(heading, Math.sin(at) * stride)), [0, 0, Math.max(0, Math.cos(at)) * stride * 0.45]);
  const swing = Math.sin(phase) * stride * 0.5;
  return {
    ...pose,
    hip: add(pose.hip, [0, 0, Math.abs(Math.sin(phase)) * -0.04 * Math.min(1, stride * 3)]),
    leftFoot: foot(pose.leftFoot, phase),
    rightFoot: foot(pose.rightFoot, phase + Math.PI),
    leftHand: add(pose.leftHand, [0, -swing, 0]),
    rightHand: add(pose.rightHand, [0, swing * 0.6, 0]),
  };
}
