import { add, clamp01, length, smoothStep, subtract, times, turn, unit, type Vector } from './geometry.ts';
import { facingNet, fetcher, type MatchPlan, placeAt } from './match-plan.ts';
import { blendPoses, type Pose, type PoseName, poses, stepping } from './pose.ts';
import { postures, type Shot } from './rally.ts';
import { type Joints, jointsOf } from './skeleton.ts';

/** Seconds before and after the contact during which a shot shows in the posture. */
const [backswing, recovery] = [0.42, 0.5];

/** How a player stands, runs or hits at a moment. `tall` is the height as a fraction of 1.78 m. */
export function playerAt(plan: MatchPlan, player: number, time: number, tall: number): Joints {
  const stops = plan.stops[player] ?? [];
  const place = placeAt(stops, time);
  const velocity = times(subtract(placeAt(stops, time + 0.06), placeAt(stops, time - 0.06)), 1 / 0.12);
  const speed = length(velocity);
  const playing = inRally(plan, time);
  const walking = (1 - playing) * smoothStep(0.25, 0.7, speed);
  const towardsNet = facingNet(player);
  const chatting = towardsNet + (player % 2 === 0 ? -0.7 : 0.8);
  const still = turnTowards(chatting, towardsNet, playing);
  const facing = speed > 0.05 ? turnTowards(still, Math.atan2(-velocity[0], velocity[1]), walking) : still;

  const shot = nearestShot(plan, player, time);
  const hitting = shot
    ? smoothStep(shot.time - backswing, shot.time - backswing / 2, time) *
      (1 - smoothStep(shot.time + 0.2, shot.time + recovery, time))
    : 0;
  const base = blendPoses(resting(plan, player, time), bouncing(time, player), playing);
  const heading = unit(turn(velocity, -facing));
  const stride = Math.min(0.42, speed * (playing > 0.5 ? 0.12 : 0.24)) * (1 - hitting * 0.8);
  const steps = travelled(stops, time) * (playing > 0.5 ? 1.25 : 1.45) + player * 0.3;
  const moving = speed > 0.12 ? stepping(base, steps, stride, heading) : base;
  const pose = shot ? blendPoses(moving, strokeAt(shot, time), hitting) : moving;
  return jointsOf(pose, place, facing, shot?.action === 'smash' ? jump(shot, time) : 0, tall);
}

/** 1 during a rally, 0 in pauses, with smooth transitions. */
function inRally(plan: MatchPlan, time: number): number {
  const on = plan.rallies.map(
    ({ start, landing }) =>
      smoothStep(start - 0.7, start - 0.1, time) * (1 - smoothStep(landing.time, landing.time + 0.7, time)),
  );
  return Math.max(...on);
}

function nearestShot(plan: MatchPlan, player: number, time: number): Shot | undefined {
  const shots = plan.rallies.flatMap((rally) => rally.shots).filter((shot) => shot.player === player);
  return shots.find((shot) => time > shot.time - backswing && time < shot.time + recovery);
}

function strokeAt(shot: Shot, time: number): Pose {
  const [before, contact, after] = postures[shot.action];
  const pose = (name: PoseName) => poses[name];
  if (time < shot.time) {
    return blendPoses(pose(before), pose(contact), smoothStep(shot.time - 0.13, shot.time - 0.005, time));
  }
  return blendPoses(pose(contact), pose(after), smoothStep(shot.time + 0.03, shot.time + 0.2, time));
}

/** Metres above the floor in a jump whose highest point is the contact. */
function jump(shot: Shot, time: number): number {
  const part = (time - shot.time) / 0.25;
  return Math.max(0, 1 - part * part) * 0.38;
}

/** Waits for the shuttle on springy feet. */
function bouncing(time: number, player: number): Pose {
  const bounce = Math.abs(Math.sin(time * 6.5 + player * 1.3)) * 0.035;
  const low = blendPoses(poses.ready, poses.defend, 0.5 + 0.5 * Math.sin(time * 1.7 + player * 2.1));
  return { ...low, hip: add(low.hip, [0, 0, bounce - 0.02]) };
}

function resting(plan: MatchPlan, player: number, time: number): Pose {
  const upright = player % 2 === 0 ? poses.stand : poses.rest;
  const [first, second] = plan.rallies;
  if (!first || !second || player !== fetcher(first)) return upright;
  const picking = pickingTime(plan);
  const bent = 1 - clamp01(Math.abs(time - picking) / 0.7);
  return blendPoses(upright, poses.stoop, bent * bent * (3 - 2 * bent));
}

/** When the shuttle of the first rally is picked up. */
export function pickingTime(plan: MatchPlan): number {
  const [from, to] = [plan.rallies[0]?.landing.time ?? 0, plan.rallies[1]?.start ?? plan.seconds];
  return from + (to - from) * 0.39;
}

/** Metres moved since the start, so that the feet step with distance and not with time. */
function travelled(stops: MatchPlan['stops'][number], time: number): number {
  let way = 0;
  let last: Vector | undefined;
  for (const stop of stops) {
    if (last && stop.from > time) {
      const here = placeAt(stops, time);
      return way + length(subtract(here, last));
    }
    if (last) way += length(subtract(stop.place, last));
    last = stop.place;
  }
  return way;
}

/** The angle from one to another, the shorter way round. */
function turnTowards(from: number, to: number, part: number): number {
  const way = ((((to - from + Math.PI) % (2 * Math.PI)) + 2 * Math.PI) % (2 * Math.PI)) - Math.PI;
  return from + way * part;
}
