import type { Vector } from './geometry.ts';
import { court } from './hall.ts';
import type { PoseName } from './pose.ts';

/** One contact of racket and shuttle. */
export interface Shot {
  /** Seconds since the start of the recording. */
  time: number;
  /** 0 and 1 play on the near side, 2 and 3 on the far side. */
  player: number;
  /** Where the shuttle is hit. */
  contact: Vector;
  action: 'smash' | 'clear' | 'lunge' | 'drive' | 'defend' | 'serve';
}

/** The posture before, at and after the contact of each kind of shot. */
export const postures: Record<Shot['action'], readonly [PoseName, PoseName, PoseName]> = {
  smash: ['prepare', 'smash', 'follow'],
  clear: ['prepare', 'smash', 'follow'],
  lunge: ['ready', 'lunge', 'lunge'],
  drive: ['defend', 'drive', 'drive'],
  defend: ['defend', 'defend', 'defend'],
  serve: ['stand', 'drive', 'ready'],
};

export interface PlannedRally {
  start: number;
  end: number;
  shots: Shot[];
  /** Where and when the shuttle comes to rest. */
  landing: { time: number; place: Vector };
}

interface Kind {
  depth: [number, number];
  height: number;
  answers: Shot['action'][];
}

/** Metres from the net and above the floor at which each kind of shot is played, and how the other side replies. */
const kinds: Record<Shot['action'], Kind> = {
  serve: { depth: [2.3, 2.6], height: 1.0, answers: ['clear', 'lunge', 'smash'] },
  clear: { depth: [4.2, 5.6], height: 2.55, answers: ['clear', 'smash', 'smash'] },
  smash: { depth: [3.4, 5.2], height: 2.85, answers: ['defend', 'drive', 'defend'] },
  defend: { depth: [3.2, 4.6], height: 0.75, answers: ['smash', 'lunge', 'clear'] },
  drive: { depth: [2.6, 3.6], height: 1.25, answers: ['drive', 'lunge', 'clear'] },
  lunge: { depth: [1.3, 2.1], height: 0.95, answers: ['clear', 'smash', 'lunge'] },
};

/** Where the four stand by default: across, and from the net, in metres. */
export const homes = [
  { across: -1.25, depth: 4.3 },
  { across: 1.5, depth: 3.6 },
  { across: -1.45, depth: 3.4 },
  { across: 1.3, depth: 4.0 },
] as const;

export const isNear = (player: number): boolean => player < 2;

/** A place on a player's side of the net. */
export function onSide(player: number, across: number, depth: number, z = 0): Vector {
  return [across, court.net + (isNear(player) ? -depth : depth), z];
}

/** Plays a rally: the sides take turns, and the nearer player takes the shot. */
export function playRally(start: number, end: number, random: () => number): PlannedRally {
  const shots: Shot[] = [];
  let action: Shot['action'] = 'serve';
  let near = random() < 0.5;
  for (let time = start + 0.5; time < end - 0.8; time += 0.85 + random() * 0.35) {
    const { depth, height, answers }: Kind = kinds[action];
    const across = (random() * 2 - 1) * (action === 'serve' ? 0.6 : 2.1);
    const from = depth[0] + random() * (depth[1] - depth[0]);
    const [first, second] = near ? [0, 1] : [2, 3];
    const gap = (player: number) => {
      const home = homes[player] as (typeof homes)[number];
      return Math.hypot(home.across - across, home.depth - from);
    };
    const player = gap(first) <= gap(second) ? first : second;
    shots.push({ time, player, contact: onSide(player, across, from, height), action });
    action = answers[Math.floor(random() * answers.length)] ?? 'clear';
    near = !near;
  }
  const loser = near ? 0 : 2;
  const place = onSide(loser, (random() * 2 - 1) * 1.8, 2 + random() * 2.5, 0.03);
  return { start, end, shots, landing: { time: (shots.at(-1)?.time ?? start) + 0.7, place } };
}

export interface Flight {
  at: Vector;
  /** The direction in which it flies, or lies. */
  along: Vector;
}

/** How high above the straight line a shot carries the shuttle, in metres. */
const arcs: Record<Shot['action'], number> = { serve: 0.9, clear: 3, smash: 0.1, drive: 0.25, defend: 2.6, lunge: 2.2 };

/** Where the shuttle is in a rally; undefined before the serve and once it has been picked up. */
export function shuttleAt(rally: PlannedRally, time: number, lyingUntil: number): Flight | undefined {
  const next = rally.shots.findIndex((shot) => shot.time > time);
  if (next === 0 || rally.shots.length === 0 || time > lyingUntil) return undefined;
  if (time >= rally.landing.time) return { at: rally.landing.place, along: [0.8, 0.5, 0.1] };
  const from = rally.shots.at(next === -1 ? -1 : next - 1) as Shot;
  const to = next === -1 ? rally.landing : { time: rally.shots[next]?.time ?? 0, place: rally.shots[next]?.contact };
  const place = to.place as Vector;
  const where = (moment: number): Vector => {
    const part = (moment - from.time) / (to.time - from.time);
    // Feathers brake: it covers most of the distance in the first half of the time.
    const way = 1 - (1 - part) ** 1.7;
    const across = (axis: 0 | 1) => from.contact[axis] + (place[axis] - from.contact[axis]) * way;
    const height =
      from.contact[2] + (place[2] - from.contact[2]) * way + arcs[from.action] * 4 * way * (1 - way) * 0.75;
    return [across(0), across(1), height];
  };
  const [at, later] = [where(time), where(time + 0.02)];
  return { at, along: [later[0] - at[0], later[1] - at[1], later[2] - at[2]] };
}
