import { type Program, startProgram } from '../../test/support/program.ts';

/** A program that a person, or the system, starts again whenever it has ended. */
export interface Supervised {
  readonly pid: number;
  printed: Program['printed'];
  /** kill -9; the next one is started once it is gone. */
  kill(): void;
  /** Ctrl-C. Returns what is wrong with how it ended. */
  end(): Promise<string | undefined>;
}

/** @param tell called when it ends although nobody ended it */
export function supervise(
  args: readonly string[],
  settings: Record<string, string>,
  tell: (problem: string) => void,
): Supervised {
  let isEnding = false;
  let killed: Program | undefined;
  let program: Program;
  const start = () => {
    const started = startProgram(args, settings);
    program = started;
    void started.ended.then(({ code, stderr }) => {
      if (isEnding) return;
      if (killed !== started) tell(`${args.join(' ')} ended by itself with ${code}: ${lastLines(stderr)}`);
      start();
    });
    return started;
  };
  program = start();
  return {
    get pid() {
      return program.process.pid ?? 0;
    },
    printed: (text) => program.printed(text),
    kill() {
      killed = program;
      program.process.kill('SIGKILL');
    },
    async end() {
      isEnding = true;
      const { code, stderr } = await program.interrupt();
      return code === 0 || code === 130 ? undefined : `${args.join(' ')} ended with ${code}: ${lastLines(stderr)}`;
    },
  };
}

const lastLines = (text: string) => text.trim().split('\n').slice(-4).join(' | ');
