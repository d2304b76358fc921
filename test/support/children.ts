import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';

/**
 * Ids of the processes that a process has started and that still run, except the measuring one.
 * One that is only waiting to be reaped has ended (as in `hasEnded`).
 */
export function childrenOf(parent: number): number[] {
  return execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat=,comm='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, ppid, state = '', name]) => Number(ppid) === parent && !state.startsWith('Z') && name !== 'ps')
    .map(([pid]) => Number(pid));
}

/** Ids of a process and of all that have come from it. */
export const treeOf = (pid: number): number[] => [pid, ...childrenOf(pid).flatMap(treeOf)];

/** From now on no process that was kept after its task is given another: it has other surroundings. */
export function startProcessesAnew(): void {
  process.env.BADMINTON_TEST_SURROUNDINGS = randomUUID();
}
