import { StageError } from '../../domain/errors.ts';

/** What a person does about a missing or dead sign-in. */
export const signInCommand = 'npx badminton auth';

/** @param command the command that signs in; a rehearsal has a different one */
export function authRequired(message: string, command = signInCommand): StageError {
  return new StageError('AUTH_REQUIRED', message, { remedy: 'fix', action: `Sign in with: ${command}` });
}
