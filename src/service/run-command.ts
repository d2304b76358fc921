import { execFile } from 'node:child_process';
import { childEnvironment } from '../child/child-environment.ts';

export interface CommandOutcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command to its end; undefined if there is no such command. */
export type RunCommand = (name: string, args: readonly string[]) => Promise<CommandOutcome | undefined>;

/** Runs the commands of the service manager, found in the environment's `PATH`. */
export const commandRunner =
  (environment: NodeJS.ProcessEnv): RunCommand =>
  (name, args) =>
    new Promise((resolve, reject) => {
      execFile(
        name,
        args,
        { env: { ...childEnvironment(environment), LC_ALL: 'C' }, encoding: 'utf8' },
        (error, stdout, stderr) => {
          if (!error) return resolve({ code: 0, stdout, stderr });
          if (error.code === 'ENOENT') return resolve(undefined);
          if (typeof error.code === 'number') return resolve({ code: error.code, stdout, stderr });
          reject(error);
        },
      );
    });
