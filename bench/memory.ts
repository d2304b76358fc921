import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Resident bytes of this process and all that it started, except the measuring one. */
async function residentTogether(): Promise<number> {
  const { stdout } = await run('ps', ['-A', '-o', 'pid=,ppid=,rss=,comm=']);
  const processes = stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , , name]) => name !== 'ps')
    .map(([pid, parent, rss]) => ({ pid: Number(pid), parent: Number(parent), bytes: Number(rss) * 1024 }));
  const ours = new Set([process.pid]);
  for (let before = 0; before < ours.size; ) {
    before = ours.size;
    for (const { pid, parent } of processes) if (ours.has(parent)) ours.add(pid);
  }
  return processes.filter(({ pid }) => ours.has(pid)).reduce((sum, { bytes }) => sum + bytes, 0);
}

/** The most bytes that `work` added at any time to this process's previous memory. */
export async function peakOf(work: () => Promise<unknown>): Promise<number> {
  const before = await residentTogether();
  let peak = before;
  let done = false;
  const watching = (async () => {
    while (!done) {
      peak = Math.max(peak, await residentTogether());
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  })();
  await work().finally(() => {
    done = true;
  });
  await watching;
  return peak - before;
}
