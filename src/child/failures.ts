import { StageError } from '../domain/errors.ts';
import type { Failure } from './protocol.ts';

/** Creates the error for a child process that did not do its work; `what` completes "The … process …". */
export type Failed = (what: string, cause?: unknown) => StageError;

/** The error for a child that ended without a result. `diagnostics` is the end of its standard error. */
export function taskDied(failed: Failed, code: number | null, signal: string | null, diagnostics: string): StageError {
  const how = signal ? `was ended by ${signal}` : `ended with exit code ${code}`;
  return failed(`${how} before its work was done`, diagnostics.trim() || undefined);
}

/** Recreates an error from what a child sent about it. */
export function revive(failed: Failed, failure: Failure): StageError {
  if (failure.kind === 'unexpected') return failed(`failed: ${failure.message}`, failure.stack);
  const { code, message, remedy, action } = failure;
  return new StageError(code, message, { remedy, action });
}

/** What a child sends about an error; `revive` recreates the error from it. */
export function describeFailure(error: unknown): Failure {
  if (error instanceof StageError) {
    const { code, message, remedy, action } = error;
    return { kind: 'stage', code, message, remedy, action };
  }
  const known = error instanceof Error ? error : new Error(String(error));
  return { kind: 'unexpected', message: known.message, stack: known.stack ?? '' };
}
