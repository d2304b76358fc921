import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Processes as /proc shows them: Linux only. */
const read = (pid: number, file: string): string => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    // It has ended, or is another user's.
    return '';
  }
};

export const allProcesses = (): number[] => readdirSync('/proc').map(Number).filter(Boolean);

/** A process that has ended and was not yet waited for does nothing any more. */
export const isAlive = (pid: number): boolean => /\) [^ZX] /.test(read(pid, 'stat'));

export const commandOf = (pid: number): string => read(pid, 'cmdline').replaceAll('\0', ' ').trim();

/** Living processes that were started for this folder: their environment or their command names it. */
export function processesOf(folder: string): number[] {
  const isOurs = (pid: number) => read(pid, 'environ').includes(folder) || read(pid, 'cmdline').includes(folder);
  return allProcesses().filter((pid) => pid !== process.pid && pid !== process.ppid && isAlive(pid) && isOurs(pid));
}

export function childrenOf(parent: number): number[] {
  return allProcesses().filter((pid) => Number(/\) \S (\d+)/.exec(read(pid, 'stat'))?.[1]) === parent && isAlive(pid));
}

/** A process and all that have come from it. */
export const treeOf = (pid: number): number[] => [pid, ...childrenOf(pid).flatMap(treeOf)];

/** What a child process of the program is for, as its command says. Decoding and the pose model share their children. */
export function roleOf(pid: number): 'drawing' | 'work' | undefined {
  const command = commandOf(pid);
  if (command.includes('/render-child.')) return 'drawing';
  return command.includes('/child/entry.') ? 'work' : undefined;
}

/** Clock ticks of processor time that it has used: fields 14 and 15, counted after its name (proc_pid_stat(5)). */
export function ticksOf(pid: number): number {
  const stat = read(pid, 'stat');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[11]) + Number(fields[12]) || 0;
}

/** Which of them are still alive after a few seconds at most. */
export async function stillAlive(pids: readonly number[], withinMilliseconds: number): Promise<number[]> {
  for (const deadline = Date.now() + withinMilliseconds; ; await sleep(50)) {
    const alive = pids.filter(isAlive);
    if (alive.length === 0 || Date.now() > deadline) return alive;
  }
}

export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended.
  }
}
