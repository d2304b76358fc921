import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface Child {
  readonly process: ChildProcess;
  /** Settles with the exit code, or null after a kill. */
  readonly ended: Promise<number | null>;
  /** Its first output. */
  readonly up: Promise<unknown>;
  kill(): Promise<number | null>;
}

/** A script from this folder in its own process. */
export function startChild(script: string, args: readonly string[]): Child {
  const file = fileURLToPath(new URL(script, import.meta.url));
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', file, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const up = Promise.race([new Promise((resolve) => child.stdout.once('data', resolve)), ended]);
  return {
    process: child,
    ended,
    up,
    kill() {
      child.kill('SIGKILL');
      return ended;
    },
  };
}
