import { CommanderError } from '@commander-js/extra-typings';
import { failureOf } from './failure.ts';
import { say } from './output.ts';
import { createProgram } from './program.ts';

// Standard error is on a full disk or a closed pipe: there is nowhere left to report it, and the work continues.
process.stderr.on('error', () => undefined);

/** Exit codes: 0 done, 1 failed, 2 wrong usage, 130 ended by Ctrl-C. */
try {
  await createProgram().parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else {
    const { message, exitCode } = failureOf(error);
    say(message);
    process.exitCode = exitCode;
  }
}
