import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { atEnd } from './clean-up.ts';

export interface NodeProcess {
  readonly child: ChildProcess;
  /** The next line of its standard output; undefined once it has ended. */
  line(): Promise<string | undefined>;
  readonly ended: Promise<void>;
}

/** Runs a TypeScript file in its own process, which ends with the test at the latest. */
export function startNode(t: TestContext, script: URL, ...args: string[]): NodeProcess {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', fileURLToPath(script), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  atEnd(t, async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return { child, ended, line: async () => (await lines.next()).value as string | undefined };
}
