import { z } from 'zod';
import { RequestError } from './problem.ts';

/** For `zValidator`: a request that is not as it should be is answered with what is wrong. */
export function mistakes(result: { success: boolean; error?: z.core.$ZodError }): undefined {
  if (!result.success && result.error)
    throw new RequestError(400, `The request is invalid: ${z.prettifyError(result.error)}`);
}
