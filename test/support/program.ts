import { type ChildProcess, spawn } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

export const launcher = fileURLToPath(new URL('../../bin/badminton.js', import.meta.url));

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Program {
  readonly process: ChildProcess;
  /** Waits until it has printed the text. @throws Error if it ends first or 30 s pass */
  printed(text: string | RegExp): Promise<string>;
  /** Ctrl-C. */
  interrupt(): Promise<Outcome>;
  /** kill -9. */
  kill(): Promise<Outcome>;
  readonly ended: Promise<Outcome>;
}

/**
 * Starts the program as a person does, in a real process.
 * @param options.typing keeps its standard input open
 * @param options.program another copy of the program
 * @param options.through a command that runs another one, such as on another machine
 */
export function startProgram(
  args: readonly string[],
  settings: Record<string, string>,
  { typing = false, program = launcher, through = [] as readonly string[] } = {},
): Program {
  const [command = '', ...words] = [...through, process.execPath, program, ...args];
  const child = spawn(command, words, {
    // Most tests are not about the ranking, and the pose model takes seconds.
    env: { ...process.env, BADMINTON_LOG_LEVEL: 'warn', BADMINTON_POSE: 'off', ...settings },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  if (!typing) child.stdin.end();
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  const ended = new Promise<Outcome>((resolve) => child.once('close', (code) => resolve({ code, stdout, stderr })));
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal);
    return ended;
  };
  return {
    process: child,
    ended,
    interrupt: () => end('SIGINT'),
    kill: () => end('SIGKILL'),
    async printed(text) {
      for (const deadline = Date.now() + 30_000; ; await new Promise((resolve) => setTimeout(resolve, 50))) {
        const all = stdout + stderr;
        if (typeof text === 'string' ? all.includes(text) : text.test(all)) return all;
        if (child.exitCode !== null || Date.now() > deadline) throw new Error(`"${text}" was not printed:\n${all}`);
      }
    },
  };
}

/** Runs a command to its end. */
export const runProgram = (args: readonly string[], settings: Record<string, string>): Promise<Outcome> =>
  startProgram(args, settings).ended;

/** A port that nothing is using at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
