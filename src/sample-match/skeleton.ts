import { add, cross, dot, length, subtract, times, turn, unit, type Vector } from './geometry.ts';
import type { Pose } from './pose.ts';

/** The joints of a player on the court, in metres. */
export interface Joints {
  neck: Vector;
  head: Vector;
  /** Where the face looks. */
  ahead: Vector;
  pelvis: Vector;
  racket: Vector;
  left: Side;
  right: Side;
}

export interface Side {
  shoulder: Vector;
  elbow: Vector;
  hand: Vector;
  hip: Vector;
  knee: Vector;
  ankle: Vector;
  toe: Vector;
}

const bones = {
  trunk: 0.5,
  shoulder: 0.185,
  hip: 0.1,
  thigh: 0.45,
  shin: 0.44,
  upperArm: 0.3,
  foreArm: 0.29,
  ankle: 0.08,
};

/**
 * Puts a player into a pose.
 * @param facing radians, counter-clockwise from looking away from the camera
 * @param lift metres the whole player is above the floor
 * @param tall the player's height as a fraction of 1.78 m
 */
export function jointsOf(pose: Pose, place: Vector, facing: number, lift: number, tall: number): Joints {
  const world = (local: Vector): Vector =>
    add(place, turn(times([local[0], local[1], local[2] + lift / tall], tall), facing));
  const up: Vector = unit([Math.sin(pose.tilt), Math.sin(pose.lean) * Math.cos(pose.tilt), Math.cos(pose.lean)]);
  const neck = add(pose.hip, times(up, bones.trunk));
  const ahead = unit([0, Math.cos(pose.lean * 0.4), -Math.sin(pose.lean * 0.4) * 0.4]);

  const side = (sign: -1 | 1, foot: Vector, handFromNeck: Vector): Side => {
    const shoulder = add(add(neck, turn([sign * bones.shoulder, 0, 0], pose.twist)), [
      0,
      0,
      -0.07 - sign * pose.tilt * 0.12,
    ]);
    const hip = add(pose.hip, turn([sign * bones.hip, 0, 0], pose.twist * 0.3));
    const hand = within(shoulder, add(neck, handFromNeck), (bones.upperArm + bones.foreArm) * 0.99);
    const ankle = within(hip, add(foot, [0, 0, bones.ankle]), (bones.thigh + bones.shin) * 0.995);
    const elbow = joint(shoulder, hand, bones.upperArm, bones.foreArm, [sign * 0.7, -0.5, -0.6]);
    const knee = joint(hip, ankle, bones.thigh, bones.shin, [sign * 0.35, 1, 0.1]);
    const toe = add(ankle, turn([0, 0.17, -0.055 - Math.min(0.06, foot[2])], sign * -0.3));
    return {
      shoulder: world(shoulder),
      elbow: world(elbow),
      hand: world(hand),
      hip: world(hip),
      knee: world(knee),
      ankle: world(ankle),
      toe: world(toe),
    };
  };
  return {
    neck: world(neck),
    head: world(add(add(neck, times(up, 0.13)), [0, 0.03, 0.06])),
    ahead: turn(ahead, facing),
    pelvis: world(pose.hip),
    racket: turn(unit(pose.racket), facing),
    left: side(-1, pose.leftFoot, pose.leftHand),
    right: side(1, pose.rightFoot, pose.rightHand),
  };
}

function within(from: Vector, to: Vector, reach: number): Vector {
  const way = subtract(to, from);
  const far = length(way);
  return far <= reach ? to : add(from, times(way, reach / far));
}

/** The middle joint of a limb of two bones, bent towards `bend` (law of cosines). */
function joint(from: Vector, to: Vector, first: number, second: number, bend: Vector): Vector {
  const way = subtract(to, from);
  const far = Math.min(length(way), first + second - 1e-4);
  const along = unit(way);
  const reach = (first * first - second * second + far * far) / (2 * far || 1e-6);
  const out = Math.sqrt(Math.max(0, first * first - reach * reach));
  const aside = cross(cross(along, bend), along);
  const sideways = dot(aside, aside) < 1e-6 ? ([0, 0, 1] as Vector) : unit(aside);
  return add(add(from, times(along, reach)), times(sideways, out));
}
