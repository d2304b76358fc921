import { setTimeout as sleep } from 'node:timers/promises';
import type { StageContext } from './context.ts';

const signEvery = 1000;

/** Waits on purpose, which is no hanging. @throws the signal's reason */
export async function plannedPause(
  milliseconds: number,
  { signal, alive }: Pick<StageContext, 'signal' | 'alive'>,
): Promise<void> {
  const signs = setInterval(() => alive?.(), signEvery);
  try {
    await sleep(milliseconds, undefined, { signal });
  } finally {
    clearInterval(signs);
  }
}
