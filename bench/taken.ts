import { processorSeconds } from './processor-time.ts';

/** What some work took. */
export interface Taken {
  readonly seconds: number;
  /** Seconds of processor time, if known. */
  readonly processor: number | undefined;
}

export async function taken(work: () => Promise<void>): Promise<Taken> {
  const [began, processorBefore] = [performance.now(), processorSeconds()];
  await work();
  const processor = processorBefore === undefined ? undefined : (processorSeconds() ?? 0) - processorBefore;
  return { seconds: (performance.now() - began) / 1000, processor };
}

export const told = ({ seconds, processor }: Taken) =>
  `${seconds.toFixed(1)} s${processor === undefined ? '' : ` (${processor.toFixed(1)} s of processor time)`}`;

export function quickest<T extends Taken>(all: readonly T[]): T {
  return all.reduce((least, one) => (one.seconds < least.seconds ? one : least));
}
