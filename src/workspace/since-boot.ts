/**
 * Milliseconds since this machine started: the same for all its processes, and nobody can set it. It begins anew when the
 * machine is started, and may stand still while it sleeps.
 */
export const sinceBoot = (): number => Number(process.hrtime.bigint() / 1000n) / 1000;
