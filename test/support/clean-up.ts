import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestContext } from 'node:test';

const cleanUps = new WeakMap<TestContext, (() => unknown)[]>();

/** Like `t.after`, but last in, first out: what uses a folder ends before the folder goes. */
export function atEnd(t: TestContext, run: () => unknown): void {
  const runs = cleanUps.get(t) ?? [];
  if (runs.length === 0) {
    cleanUps.set(t, runs);
    t.after(async () => {
      for (const each of runs.reverse()) await each();
    });
  }
  runs.push(run);
}

export async function temporaryFolder(t: TestContext, parent = tmpdir()): Promise<string> {
  const folder = await mkdtemp(path.join(parent, 'badminton-test-'));
  atEnd(t, () => rm(folder, { recursive: true, force: true }));
  return folder;
}
