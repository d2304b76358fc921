import { Canvas, type End } from './canvas.ts';
import { drawFigure } from './figure.ts';
import { add, type Camera, length, project, times, tripodCamera, unit } from './geometry.ts';
import { court, drawHall } from './hall.ts';
import { type MatchPlan, placeAt } from './match-plan.ts';
import { prepareNet } from './net.ts';
import { outfitsFor } from './outfits.ts';
import { pickingTime, playerAt } from './player.ts';
import { type Flight, shuttleAt } from './rally.ts';
import { randomNumbers } from './random.ts';

/**
 * Draws the match at a moment, in chronological order; the returned RGB bytes (`height × width × 3`) are valid until
 * the call after the next.
 */
export type DrawMoment = (seconds: number) => Uint8ClampedArray;

/** Prepares a doubles match in a hall; the same arguments give the same pictures. */
export function prepareMatch(width: number, height: number, plan: MatchPlan, seed: number): DrawMoment {
  const camera = tripodCamera(width, height);
  const outfits = outfitsFor(seed);
  const nets = [7.7, 0].map((centre) => prepareNet(camera, centre));
  const hall = drawHall(camera, seed);
  nets[0]?.(hall);
  const grains = grainy(hall, seed);
  const canvases = [new Canvas(width, height), new Canvas(width, height)];
  let drawn = 0;

  return (time) => {
    const canvas = canvases[drawn % 2] as Canvas;
    canvas.data.set(grains[drawn % grains.length] ?? hall.data);
    drawn += 1;
    const players = plan.stops.map((stops, player) => ({ player, depth: placeAt(stops, time)[1] }));
    players.sort((a, b) => b.depth - a.depth);
    const draw = (behindNet: boolean) => {
      for (const { player, depth } of players) {
        const outfit = outfits[player];
        if (outfit && depth > court.net === behindNet) {
          drawFigure(canvas, camera, playerAt(plan, player, time, outfit.tall), outfit);
        }
      }
    };
    const shuttle = shuttleOf(plan, time);
    const shuttleBehind = shuttle && shuttle.at[1] > court.net;
    draw(true);
    if (shuttleBehind) drawShuttle(canvas, camera, shuttle);
    nets[1]?.(canvas);
    if (shuttle && !shuttleBehind && shuttle.at[1] > 4) drawShuttle(canvas, camera, shuttle);
    draw(false);
    if (shuttle && !shuttleBehind && shuttle.at[1] <= 4) drawShuttle(canvas, camera, shuttle);
    drawPasserBy(canvas, plan, time);
    return canvas.data;
  };
}

/** The empty hall with camera noise, in a few versions: enough for the flicker to look random. */
function grainy(hall: Canvas, seed: number): Uint8ClampedArray[] {
  const random = randomNumbers(seed ^ 0x9a1);
  // The sum of two uniform random values is closer to real noise than one.
  const noise = Int8Array.from({ length: 1 << 16 }, () => Math.round((random() + random() - 1) * noiseStrength));
  return Array.from({ length: 5 }, () => {
    const data = hall.data.slice();
    for (let row = 0; row < hall.height; row += 1) {
      const from = Math.floor(random() * noise.length);
      for (let x = 0; x < hall.width; x += 1) {
        const pixel = (row * hall.width + x) * 3;
        const grain = noise[(from + x) % noise.length] as number;
        for (let channel = pixel; channel < pixel + 3; channel += 1) data[channel] = (data[channel] as number) + grain;
      }
    }
    return data;
  });
}

/** The largest change noise makes to a pixel, out of 255. */
const noiseStrength = 5;

function shuttleOf(plan: MatchPlan, time: number): Flight | undefined {
  const [first, second] = plan.rallies;
  if (first && time < (second?.start ?? plan.seconds)) return shuttleAt(first, time, pickingTime(plan));
  return second && shuttleAt(second, time, plan.seconds);
}

function drawShuttle(canvas: Canvas, camera: Camera, { at, along }: Flight): void {
  const end = (metres: number, radius: number): End => {
    const seen = project(camera, add(at, times(unit(along), metres)));
    return { x: seen.x, y: seen.y, radius: Math.max(canvas.width / 1000, radius * seen.scale) };
  };
  const streak = Math.min(0.25, length(along) * 0.8);
  canvas.limb(end(-0.06 - streak, 0.03), end(0, 0.02), { colour: [250, 250, 246], opacity: 0.35, roundness: 0 });
  canvas.limb(end(-0.05, 0.036), end(0.02, 0.018), { colour: [252, 252, 248], roundness: 0.2 });
}

/** Somebody in dark clothes crosses so close to the lens that no part of them is in focus. */
function drawPasserBy(canvas: Canvas, { passerBy }: MatchPlan, time: number): void {
  const part = (time - passerBy.start) / (passerBy.end - passerBy.start);
  if (part <= 0 || part >= 1) return;
  const { width, height } = canvas;
  const middle = (part * 1.9 - 0.45) * width;
  const step = Math.sin(part * 16) * height * 0.012;
  const end = (x: number, y: number, radius: number): End => ({
    x: middle + x * height,
    y: y * height + step,
    radius: radius * height,
  });
  const softness = height * 0.06;
  const swing = Math.sin(part * 16) * 0.08;
  canvas.limb(end(-0.02, 0.2, 0.115), end(0, 0.26, 0.1), { colour: [74, 54, 44], softness, roundness: 0.2 });
  canvas.limb(end(-0.03, 0.15, 0.125), end(-0.02, 0.17, 0.12), { colour: [22, 19, 19], softness, roundness: 0.2 });
  canvas.limb(end(0, 0.62, 0.26), end(-0.02, 1.15, 0.29), { colour: [30, 33, 42], softness, roundness: 0.3 });
  canvas.limb(end(0.04 + swing, 0.6, 0.1), end(0.1 + swing * 3, 1.1, 0.09), {
    colour: [34, 37, 47],
    softness,
    roundness: 0.3,
  });
}
