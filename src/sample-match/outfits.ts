import type { Rgb } from './canvas.ts';
import type { Outfit } from './figure.ts';
import { randomNumbers } from './random.ts';

const shirts: readonly (readonly [Rgb, Rgb])[] = [
  [
    [214, 52, 52],
    [48, 92, 196],
  ],
  [
    [236, 150, 36],
    [42, 60, 116],
  ],
  [
    [238, 236, 228],
    [186, 40, 70],
  ],
  [
    [64, 170, 214],
    [240, 204, 66],
  ],
];
const skins: readonly Rgb[] = [
  [224, 176, 146],
  [204, 152, 120],
  [180, 128, 96],
  [138, 96, 72],
];
const hairs: readonly Rgb[] = [
  [28, 24, 24],
  [46, 32, 26],
  [78, 52, 34],
  [24, 22, 26],
];
const shorts: readonly Rgb[] = [
  [28, 30, 38],
  [36, 44, 66],
  [24, 24, 26],
  [70, 72, 80],
];
const shoes: readonly Rgb[] = [
  [236, 236, 238],
  [58, 190, 150],
  [232, 226, 120],
  [226, 96, 70],
];
const rackets: readonly Rgb[] = [
  [240, 206, 50],
  [230, 70, 60],
  [80, 200, 220],
  [240, 240, 244],
];

/** Four players in two teams; partners wear the same shirts. */
export function outfitsFor(seed: number): Outfit[] {
  const random = randomNumbers(seed ^ 0x5eed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const team = pick(shirts);
  return [0, 1, 2, 3].map((player) => ({
    shirt: player < 2 ? team[0] : team[1],
    shorts: pick(shorts),
    shoes: pick(shoes),
    socks: [236, 236, 232],
    skin: pick(skins),
    hair: pick(hairs),
    longHair: random() < 0.4,
    racket: pick(rackets),
    tall: 0.93 + random() * 0.1,
  }));
}
