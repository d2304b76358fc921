import { add, smoothStep, subtract, times, turn, type Vector } from './geometry.ts';
import { homes, isNear, onSide, type PlannedRally, playRally } from './rally.ts';
import { randomNumbers } from './random.ts';

/** Where a player is from one moment to another. */
interface Stop {
  from: number;
  until: number;
  place: Vector;
}

/** What happens in a recording, second by second. */
export interface MatchPlan {
  seconds: number;
  rallies: PlannedRally[];
  /** One list for each player, in order of time. */
  stops: Stop[][];
  /** When somebody walks past the lens. */
  passerBy: { start: number; end: number };
}

/** How far from the body the shuttle is hit, ahead and to the right, in metres. */
const reach = {
  serve: [-0.2, 0.5],
  clear: [0.2, 0.3],
  smash: [0.2, 0.35],
  lunge: [0.3, 1.15],
  drive: [-0.5, 0.6],
  defend: [0.4, 0.7],
} as const;

/** Rallies take up most of a match; the passer-by comes in the pause between them. */
export function planMatch(seconds: number, seed: number): MatchPlan {
  const random = randomNumbers(seed);
  const at = (part: number) => part * seconds;
  const rallies = [playRally(at(0.01), at(0.4), random), playRally(at(0.62), at(0.98), random)];
  const walks = homes.map((home) => ({
    across: home.across * 0.8 + random() - 0.5,
    depth: 1 + random() * 2,
    away: random(),
  }));
  const stops = homes.map((home, player) => {
    const list: Stop[] = [];
    for (const { start, shots } of rallies) {
      const place = onSide(player, home.across, home.depth);
      list.push({ from: start - 0.6, until: start + 0.4, place });
      for (const shot of shots) {
        const mine = shot.player === player;
        const [right, ahead] = reach[shot.action];
        const offset: Vector = turn([right, ahead, 0], facingNet(player));
        const body = subtract([shot.contact[0], shot.contact[1], 0], offset);
        // Everybody shifts a little towards the play, so that nobody stands still in a rally.
        const shift = times([shot.contact[0] - place[0], 0, 0], 0.16);
        const sway: Vector = [random() * 0.5 - 0.25, random() * 0.5 - 0.25, 0];
        list.push({
          from: shot.time - (mine ? 0.1 : 0.02),
          until: shot.time + (mine ? 0.16 : 0.02),
          place: mine ? body : add(add(place, shift), sway),
        });
      }
    }
    const [pauseStart, pauseEnd] = [rallies[0]?.landing.time ?? 0, rallies[1]?.start ?? seconds];
    const pause = pauseEnd - pauseStart;
    const walk = walks[player] ?? { across: 0, depth: 1, away: 0 };
    const fetches = player === fetcher(rallies[0]);
    const goal = fetches ? beside(rallies[0], player) : onSide(player, walk.across, walk.depth);
    const chat = onSide(player, walk.across * 0.7 + 0.2, walk.depth + walk.away);
    list.push({ from: pauseStart + pause * 0.3, until: pauseStart + pause * 0.48, place: goal });
    list.push({ from: pauseStart + pause * 0.68, until: pauseStart + pause * 0.74, place: chat });
    return list.sort((a, b) => a.from - b.from);
  });
  return { seconds, rallies, stops, passerBy: { start: at(0.47), end: at(0.585) } };
}

/** Radians by which a player looking across the net is turned. */
export const facingNet = (player: number): number => (isNear(player) ? 0 : Math.PI);

/** The player who picks the shuttle up after a rally: one on the side where it landed. */
export function fetcher(rally: PlannedRally | undefined): number {
  return (rally?.landing.place[1] ?? 0) < 6.7 ? 0 : 3;
}

function beside(rally: PlannedRally | undefined, player: number): Vector {
  const [x, y] = rally?.landing.place ?? [0, 0];
  return subtract([x, y, 0], turn([0.15, 0.35, 0], facingNet(player)));
}

/** Where a player is at a moment. */
export function placeAt(stops: readonly Stop[], time: number): Vector {
  const next = stops.findIndex((stop) => stop.from > time);
  const [before, after] = [stops.at(next === -1 ? -1 : Math.max(0, next - 1)), stops.at(next)];
  if (!before || !after) return [0, 0, 0];
  if (next <= 0 || time <= before.until) return before.place;
  const part = smoothStep(before.until, after.from, time);
  return add(before.place, times(subtract(after.place, before.place), part));
}
