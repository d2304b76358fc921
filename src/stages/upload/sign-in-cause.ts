import { StageError } from '../../domain/errors.ts';
import { signInCause } from '../../workspace/causes.ts';
import type { Charged } from './quota.ts';

/** The channel took something: a sign-in that fails after this fails anew. */
export const signInWorks = ({ context, options }: Charged) => context.store.causes.ended(signInCause(options.target));

/** A sign-in that does not work holds up every video: the failure says since when, so that they all name one cause. */
export function ofOneCause({ context, options }: Charged, error: unknown): unknown {
  if (!(error instanceof StageError) || error.code !== 'AUTH_REQUIRED') return error;
  const { code, message, remedy, action, notBefore, cause } = error;
  const failingSince = context.store.causes.failed(signInCause(options.target));
  return new StageError(code, message, { remedy, action, notBefore, cause, failingSince });
}
