import { z } from 'zod';

/** An object with these fields and no others; a misspelt field name is reported with the valid names. */
export const fields = <S extends z.core.$ZodLooseShape>(shape: S) =>
  z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `is not a known field; the fields are ${Object.keys(shape).join(', ')}`
        : undefined,
  });
