import { randomNumbers } from '../src/sample-match/random.ts';

/** Frames this close in time share light, players and positions: they stay together. */
const blockLength = 3;

export interface Halves<T> {
  readonly learnt: T;
  readonly judged: T;
}

/** Indices of frames and of variants, split so that neither a stretch of time nor a variant is on both sides. */
export interface Side {
  readonly frames: readonly number[];
  readonly variants: readonly number[];
}

/** Random halves, each learnt from once and judged once: two splits per partition, the same in every run. */
export function splitsOf(frames: number, variants: number, partitions: number): Halves<Side>[] {
  const random = randomNumbers(1);
  return Array.from({ length: partitions }, () => {
    const blocks = shuffled(Math.ceil(frames / blockLength), random);
    const kinds = shuffled(variants, random);
    const side = (which: 0 | 1): Side => {
      const mine = new Set(half(blocks, which));
      const all = [...Array(frames).keys()];
      return {
        frames: all.filter((index) => mine.has(Math.floor(index / blockLength))),
        variants: half(kinds, which).sort((a, b) => a - b),
      };
    };
    const [one, other] = [side(0), side(1)];
    return [
      { learnt: one, judged: other },
      { learnt: other, judged: one },
    ];
  }).flat();
}

function half<T>(all: readonly T[], which: 0 | 1): T[] {
  const middle = Math.ceil(all.length / 2);
  return which === 0 ? all.slice(0, middle) : all.slice(middle);
}

function shuffled(count: number, random: () => number): number[] {
  const all = Array.from({ length: count }, (_, index) => ({ index, key: random() }));
  return all.sort((a, b) => a.key - b.key).map(({ index }) => index);
}
