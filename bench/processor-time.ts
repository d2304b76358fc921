import { existsSync, readFileSync } from 'node:fs';

const stat = '/proc/self/stat';
/** Clock ticks a second: USER_HZ, 100 on every Linux that Node runs on. */
const ticks = 100;

/**
 * Seconds of processor time used by this process and its ended children, which makes work comparable on a machine that
 * does other things too; undefined where there is no proc(5).
 */
export function processorSeconds(): number | undefined {
  if (!existsSync(stat)) return undefined;
  const text = readFileSync(stat, 'utf8');
  // Fields 14 to 17 (utime, stime, cutime, cstime), counted after the name, which may hold spaces: proc_pid_stat(5).
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return fields.slice(11, 15).reduce((sum, value) => sum + Number(value), 0) / ticks;
}
