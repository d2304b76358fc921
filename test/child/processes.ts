import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Whether a process has ended; one that is only waiting to be reaped counts as ended. */
export function hasEnded(pid: number): boolean {
  try {
    process.kill(pid, 0);
    if (process.platform !== 'linux') return false;
    return /^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return true;
  }
}

export async function endsWithin(pid: number, milliseconds: number): Promise<boolean> {
  for (const start = performance.now(); performance.now() - start < milliseconds; await sleep(20)) {
    if (hasEnded(pid)) return true;
  }
  return hasEnded(pid);
}
