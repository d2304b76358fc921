import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';

/** Ids of the processes that a process has started and that still exist, except the measuring one. */
export function childrenOf(parent: number): number[] {
  return execFileSync('ps', ['-A', '-o', 'pid=,ppid=,comm='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, ppid, name]) => Number(ppid) === parent && name !== 'ps')
    .map(([pid]) => Number(pid));
}

/** Ids of a process and of all that have come from it. */
export const treeOf = (pid: number): number[] => [pid, ...childrenOf(pid).flatMap(treeOf)];

/** From now on no process that was kept after its task is given another: it has other surroundings. */
export function startProcessesAnew(): void {
  process.env.BADMINTON_TEST_SURROUNDINGS = randomUUID();
}
