/**
 * Picks the `count` best, apart from each other in time: candidates are different moments. The gap shrinks only when a
 * short recording does not hold enough frames that far apart.
 */
export function spreadOut<T extends { readonly time: number; readonly score: number }>(
  frames: readonly T[],
  count: number,
): T[] {
  const best = frames.toSorted((a, b) => b.score - a.score);
  const times = frames.map(({ time }) => time);
  const length = Math.max(...times) - Math.min(...times);
  for (let gap = length / (count * 2); ; gap /= 2) {
    const picked: T[] = [];
    for (const frame of best) {
      if (picked.length < count && picked.every(({ time }) => Math.abs(time - frame.time) >= gap)) picked.push(frame);
    }
    if (picked.length === Math.min(count, frames.length) || gap < 0.001) return picked;
  }
}
