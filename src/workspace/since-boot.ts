/**
 * Milliseconds since this machine started: the same for all its processes, and impossible to set. It starts over when
 * the machine restarts, and may stop while the machine sleeps.
 */
export const sinceBoot = (): number => Number(process.hrtime.bigint() / 1000n) / 1000;
