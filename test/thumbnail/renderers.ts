import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { temporaryFolder } from './pictures.ts';

const run = promisify(execFile);

/** Rendering processes that a process has started. */
export async function renderers(parent: number): Promise<number[]> {
  const { stdout } = await run('ps', ['-A', '-o', 'pid=,ppid=,command=']);
  const rows = stdout.split('\n').filter((row) => row.includes('render-child'));
  return rows
    .map((row) => row.trim().split(/\s+/).map(Number))
    .filter(([, ppid]) => ppid === parent)
    .map(([pid = 0]) => pid);
}

export async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (const deadline = Date.now() + 8000; Date.now() < deadline; await sleep(30)) {
    const found = await look();
    if (found !== undefined) return found;
  }
  throw new Error('waited in vain');
}

export const firstRenderer = (parent: number) => until(async () => (await renderers(parent))[0]);

/** A photo that can be opened only when somebody writes to it: a renderer waits for it for ever. */
export async function endlessPhoto(t: TestContext): Promise<string> {
  const photo = join(await temporaryFolder(t), 'pipe');
  await run('mkfifo', [photo]);
  return photo;
}
