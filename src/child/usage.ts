import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What a process uses. */
export interface Usage {
  /** Resident memory. */
  readonly bytes: number;
  /** Processor time since it began, of all its threads together. */
  readonly processorSeconds: number;
}

/** Undefined when it cannot be read, e.g. because the process has ended. */
export async function usageOf(pid: number): Promise<Usage | undefined> {
  try {
    return process.platform === 'linux' ? await fromProc(pid) : await fromPs(pid);
  } catch {
    return undefined;
  }
}

/** Clock ticks a second: USER_HZ, 100 on every Linux that Node runs on. */
const ticks = 100;

async function fromProc(pid: number): Promise<Usage | undefined> {
  const [status, stat] = await Promise.all(['status', 'stat'].map((name) => readFile(`/proc/${pid}/${name}`, 'utf8')));
  const kibibytes = /^VmRSS:\s+(\d+) kB/m.exec(status ?? '')?.[1];
  if (!kibibytes || !stat) return undefined;
  // Fields 14 and 15 (utime, stime), counted after the name, which may hold spaces: proc_pid_stat(5).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { bytes: Number(kibibytes) * 1024, processorSeconds: (Number(fields[11]) + Number(fields[12])) / ticks };
}

async function fromPs(pid: number): Promise<Usage | undefined> {
  const { stdout } = await run('ps', ['-o', 'rss=,time=', '-p', String(pid)]);
  const [kibibytes, time] = stdout.trim().split(/\s+/);
  return kibibytes && time ? { bytes: Number(kibibytes) * 1024, processorSeconds: secondsOf(time) } : undefined;
}

/** Of `ps`: `1-02:03:04.56`, with days and hours only where there are any. */
export function secondsOf(time: string): number {
  const [, days = 0, clock = ''] = /^(?:(\d+)-)?([\d:.]+)$/.exec(time) ?? [];
  return Number(days) * 86_400 + clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
}
