import { UsageError } from '../app/usage-error.ts';
import { StageError } from '../domain/errors.ts';
import { showMoment } from '../domain/local-time.ts';
import { explainSystemError } from '../domain/system-error.ts';

export interface CommandFailure {
  readonly message: string;
  readonly exitCode: number;
}

/** What a person is told: a sentence for an expected error, a stack trace only for a bug. */
export function failureOf(error: unknown): CommandFailure {
  if (error instanceof StageError) {
    const when = error.notBefore === undefined ? '' : `\nNot before ${showMoment(error.notBefore)}.`;
    return { message: `${error.message}\n${error.action}${when}`, exitCode: 1 };
  }
  if (error instanceof UsageError) return { message: error.message, exitCode: 2 };
  // Closing failed as well; a person can only act on what went wrong first.
  if (error instanceof SuppressedError) return failureOf(error.suppressed);
  if (!(error instanceof Error)) return { message: String(error), exitCode: 1 };
  if (error.name === 'AbortError') return { message: 'Stopped.', exitCode: 130 };
  if (isUnusableFolder(error)) {
    return {
      message: `A folder cannot be used: ${error.message}\nCheck BADMINTON_DATA_DIR, its permissions and the free space: npx badminton doctor`,
      exitCode: 1,
    };
  }
  const told = explainSystemError(error);
  if (told) return failureOf(told);
  const isBug = ['TypeError', 'ReferenceError', 'RangeError', 'SyntaxError', 'AssertionError'].includes(error.name);
  return { message: isBug ? (error.stack ?? error.message) : error.message, exitCode: 1 };
}

/** What the operating system reports for a path that is no folder or cannot be written to. */
function isUnusableFolder(error: NodeJS.ErrnoException): boolean {
  return ['ENOTDIR', 'EACCES', 'EPERM', 'EROFS', 'EEXIST'].includes(error.code ?? '');
}
