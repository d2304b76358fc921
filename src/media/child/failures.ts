import { StageError } from '../../domain/errors.ts';
import type { Failure } from './protocol.ts';

/** The error for a decoder process that did not do its work; `what` completes "The decoder process …". */
export function decoderFailed(what: string, cause?: unknown): StageError {
  return new StageError('DECODER_FAILED', `The decoder process ${what}.`, {
    remedy: 'retry',
    action: 'It is tried again by itself; if it keeps failing on this recording, copy it again from the camera.',
    cause,
  });
}

/** The error for a child that ended without a result. `diagnostics` is the end of its standard error. */
export function taskDied(code: number | null, signal: string | null, diagnostics: string): StageError {
  const how = signal ? `was ended by ${signal}` : `ended with exit code ${code}`;
  return decoderFailed(`${how} before its work was done`, diagnostics.trim() || undefined);
}

/** Makes an error again of what a child sent about it. */
export function revive(failure: Failure): StageError {
  if (failure.kind === 'unexpected') return decoderFailed(`failed: ${failure.message}`, failure.stack);
  const { code, message, remedy, action } = failure;
  return new StageError(code, message, { remedy, action });
}
