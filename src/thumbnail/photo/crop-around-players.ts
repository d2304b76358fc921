import type { Box } from '../templates/template.ts';
import { type CropWish, mostEnlarged, toPixels } from './choose-crop.ts';
import type { PixelBox } from './read-photo.ts';

/**
 * How far an arm with a racket, or a jump, may reach outside a player's box, in player heights: a racket is
 * 0.68 m at most (Laws of Badminton, 4.1), and boxes hold the hands.
 */
const reach = { side: 0.36, top: 0.3, bottom: 0.05 };
/** Singles have two players and doubles four; more people than that are not in the match. */
const mostPlayers = 4;
/** The largest player is shown no taller than this share of the picture. */
const tallest = 0.74;
/** The cost of cutting a player, per share of the box cut off: heads and arms are expensive, feet are cheap. */
const cost = { side: 4, top: 4, bottom: 1.5, most: 2, hiddenBody: 3, hiddenLegs: 0.8 };
/** The value of the tightest view, relative to that of including the largest player. */
const nearness = 1.2;
/** Cost of being off-centre, per share of the picture. */
const offCentre = { across: 0.5, down: 0.8 };
/** Where the middle of the players should be: slightly below the centre, to leave room for what comes down on them. */
const middleHeight = 0.54;
const steps = { zoom: 10, across: 40, down: 20 };

interface Player {
  readonly body: Box;
  /** Including arms and racket, as far as the photo has them. */
  readonly whole: Box;
  /** 1 for the largest. */
  readonly weight: number;
}

/**
 * The crop that shows the largest players close up and whole; each is entirely in it or entirely out, as far as
 * possible.
 * @param boxes the players, as shares of the photo
 * @returns whole pixels inside the photo, of the shown part's proportions; undefined without players
 */
export function cropAroundPlayers(boxes: readonly Box[], wish: CropWish): PixelBox | undefined {
  const players = playersIn(boxes, wish.photo);
  const [largest] = players;
  if (!largest) return undefined;
  const { photo, shown } = wish;
  const widest = Math.min(photo.width / shown.width, photo.height / shown.height);
  const clearHeight = 1 - wish.covered.top - wish.covered.bottom;
  const byPixels = widest * mostEnlarged;
  const byHeight = (shown.height * widest * tallest * clearHeight) / largest.body.height;
  const mostZoom = Math.max(1, Math.min(byPixels, byHeight));

  let best: Box | undefined;
  let bestWorth = Number.NEGATIVE_INFINITY;
  for (let step = 0; step <= steps.zoom; step += 1) {
    const zoom = mostZoom ** (step / steps.zoom);
    const [width, height] = [(shown.width * widest) / zoom, (shown.height * widest) / zoom];
    for (let column = 0; column <= steps.across; column += 1) {
      for (let row = 0; row <= steps.down; row += 1) {
        const x = ((photo.width - width) * column) / steps.across;
        const y = ((photo.height - height) * row) / steps.down;
        const crop = { x, y, width, height };
        const worth = worthOf(crop, players, wish) + nearness * (1 - 1 / zoom);
        if (worth > bestWorth) [best, bestWorth] = [crop, worth];
      }
    }
  }
  return best && toPixels(best, photo);
}

function playersIn(boxes: readonly Box[], photo: CropWish['photo']): Player[] {
  const bodies = boxes
    .map((box) => ({
      x: box.x * photo.width,
      y: box.y * photo.height,
      width: box.width * photo.width,
      height: box.height * photo.height,
    }))
    .filter(({ width, height }) => width > 0 && height > 0)
    .sort((a, b) => b.height - a.height)
    .slice(0, mostPlayers);
  return bodies.map((body) => {
    const left = Math.max(0, body.x - reach.side * body.height);
    const top = Math.max(0, body.y - reach.top * body.height);
    const right = Math.min(photo.width, body.x + body.width + reach.side * body.height);
    const bottom = Math.min(photo.height, body.y + body.height * (1 + reach.bottom));
    const whole = { x: left, y: top, width: right - left, height: bottom - top };
    return { body, whole, weight: (body.height / (bodies[0]?.height ?? 1)) ** 3 };
  });
}

function worthOf(crop: Box, players: readonly Player[], { covered, hidden = [] }: CropWish): number {
  const clear = {
    x: crop.x + crop.width * covered.left,
    y: crop.y + crop.height * covered.top,
    width: crop.width * (1 - covered.left - covered.right),
    height: crop.height * (1 - covered.top - covered.bottom),
  };
  const hides = hidden.map((part) => ({
    x: crop.x + crop.width * part.x,
    y: crop.y + crop.height * part.y,
    width: crop.width * part.width,
    height: crop.height * part.height,
  }));
  let worth = 0;
  let [weights, across, down] = [0, 0, 0];
  for (const { body, whole, weight } of players) {
    if (!overlap(body, clear)) continue;
    worth += weight * (1 - Math.min(cost.most, cutCost(whole, clear) + hiddenCost(body, hides)));
    weights += weight;
    across += weight * (body.x + body.width / 2);
    down += weight * (body.y + body.height / 2);
  }
  if (weights === 0) return worth;
  const offAcross = (across / weights - clear.x) / clear.width - 0.5;
  const offDown = (down / weights - clear.y) / clear.height - middleHeight;
  return worth - offCentre.across * offAcross ** 2 - offCentre.down * offDown ** 2;
}

function cutCost(whole: Box, clear: Box): number {
  const beyond = (length: number, of: number) => Math.max(0, length) / of;
  const left = beyond(clear.x - whole.x, whole.width);
  const right = beyond(whole.x + whole.width - clear.x - clear.width, whole.width);
  const top = beyond(clear.y - whole.y, whole.height);
  const bottom = beyond(whole.y + whole.height - clear.y - clear.height, whole.height);
  return cost.side * (left + right) + cost.top * top + cost.bottom * bottom;
}

/**
 * The cost of what is hidden behind the design, not at its edge: head, arms and trunk are expensive, legs are cheap.
 */
function hiddenCost({ x, y, width, height }: Box, hides: readonly Box[]): number {
  // Hair extends above the box, and a head needs headroom.
  const upper = { x, y: y - height * 0.1, width, height: height * 0.7 };
  const lower = { x, y: y + height * 0.6, width, height: height * 0.4 };
  let total = 0;
  for (const part of hides) {
    total += cost.hiddenBody * sharedArea(upper, part) + cost.hiddenLegs * sharedArea(lower, part);
  }
  return total;
}

/** Share of `a` that lies in `b`. */
function sharedArea(a: Box, b: Box): number {
  const across = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const down = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return (Math.max(0, across) * Math.max(0, down)) / (a.width * a.height);
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
