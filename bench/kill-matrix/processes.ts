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

/** What a child process of the program is for: what it has loaded says so. */
export function roleOf(pid: number): 'decoder' | 'drawing' | 'pose' | undefined {
  const maps = read(pid, 'maps');
  if (!commandOf(pid).includes('/child/entry.')) return undefined;
  if (maps.includes('resvg')) return 'drawing';
  if (maps.includes('/node-av')) return 'decoder';
  return maps.includes('/sharp') ? undefined : 'pose';
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
