import { z } from 'zod';
import { RequestError } from './problem.ts';

/** For `zValidator`: answers an invalid request with what is wrong. */
export function mistakes(result: { success: boolean; error?: z.core.$ZodError }): undefined {
  if (!result.success && result.error)
    throw new RequestError(400, `The request is invalid: ${z.prettifyError(result.error)}`);
}
