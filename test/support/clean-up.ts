import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestContext } from 'node:test';

const cleanUps = new WeakMap<TestContext, AsyncDisposableStack>();

/** Like `t.after`, but last in, first out: whatever uses a folder ends before the folder is removed. */
export function atEnd(t: TestContext, run: () => unknown): void {
  let cleanUp = cleanUps.get(t);
  if (!cleanUp) {
    const stack = new AsyncDisposableStack();
    t.after(() => stack.disposeAsync());
    cleanUps.set(t, stack);
    cleanUp = stack;
  }
  cleanUp.defer(async () => {
    await run();
  });
}

export async function temporaryFolder(t: TestContext, parent = tmpdir()): Promise<string> {
  const folder = await mkdtemp(path.join(parent, 'badminton-test-'));
  atEnd(t, () => rm(folder, { recursive: true, force: true }));
  return folder;
}
